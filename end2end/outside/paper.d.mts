export function verifyPaper(
  picture: Buffer,
  jwkOf: (method: string) => Promise<object>,
): Promise<{ verified: boolean; claims: Map<number, any> }>;
export function readCertificate(
  bytes: Uint8Array,
): Promise<{ pages: number; marked: boolean; title: string; text: string; roles: string[]; alts: string[] }>;
