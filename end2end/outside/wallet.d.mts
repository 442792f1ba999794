export function takeOffer(link: string, pin?: string): Promise<{ did: string; badges: Record<string, any> }>;
