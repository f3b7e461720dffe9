export { CoinflowWithdraw as default } from '@coinflowlabs/react';
