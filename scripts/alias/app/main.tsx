import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Payout } from './Payout';

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Payout />
    </StrictMode>,
  );
