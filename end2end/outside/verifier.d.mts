export function fetchBadge(address: string): Promise<Record<string, any>>;
export function verify(credential: object): Promise<{ verified: boolean; why: string }>;
