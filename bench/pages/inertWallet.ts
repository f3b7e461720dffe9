const refuse = () => Promise.reject(new Error('This user is known by id and signs nothing.'));

/** What `CoinflowWithdraw` insists on for a user known by id. */
export const inertWallet = {
  blockchain: 'eth',
  wallet: { address: null, sendTransaction: refuse, signMessage: refuse },
} as const;
