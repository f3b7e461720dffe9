/** The only file that imports Coinflow. It is loaded by `import()`, so that web3 and Coinflow's code stay out of the merchant's first load. */
export { CoinflowWithdraw } from '@coinflowlabs/react';
