import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
// First, since it says which layer wins.
import './look.css';
import 'kyc-reuse-gate/styles.css';
import { App } from './App';
import './merchant.css';
import './backstage.css';
import './timeline.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
