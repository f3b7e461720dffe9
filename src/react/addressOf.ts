/** The wallet's address as Coinflow reads it: `publicKey` on Solana, `address` elsewhere. */
export function addressOf(wallet: unknown): string | undefined {
  const { publicKey, address } = (wallet ?? {}) as {
    publicKey?: { toString(): string } | null;
    address?: string | null;
  };
  return publicKey?.toString() ?? address ?? undefined;
}
