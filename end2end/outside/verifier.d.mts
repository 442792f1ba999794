export function fetchBadge(address: string): Promise<Record<string, any>>;
export function verify(credential: object): Promise<{ verified: boolean; why: string }>;
export function fetchToken(address: string): Promise<string>;
export function verifyToken(token: string): Promise<Record<string, any>>;
export function fetchKey(method: string): Promise<{ document: Record<string, any>; key: object }>;
export function fetchBaked(address: string): Promise<Record<string, any>>;
