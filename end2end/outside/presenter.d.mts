type Suite = "eddsa-rdfc-2022" | "eddsa-jcs-2022";
type Asked = { challenge: string; domain: string };
export function issue(credential: object, suite: Suite): Promise<Record<string, any>>;
export function present(credentials: object[], suite: Suite, asked: Asked): Promise<Record<string, any>>;
export function verifyCredential(credential: object, suite: Suite): Promise<{ verified: boolean; why: string }>;
export function verifyPresentation(presentation: object, suite: Suite, asked: Asked): Promise<{ verified: boolean; why: string }>;
