import { pageTheme } from './pageTheme';

interface PageOptions {
  readonly merchantId: string;
  readonly userKey: string | undefined;
  readonly recordExisted: boolean;
  /** `verification.status` of the record, or that it is attested or blocked; the form claims nothing else. */
  readonly standing: string | undefined;
  readonly email: string | undefined;
  readonly amount: string | undefined;
  readonly heightChangeId: string | undefined;
  readonly silent: boolean;
  /** The `theme` query parameter. */
  readonly theme: string | undefined;
}

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Stands in for Coinflow's withdraw page: the payout form, or, without a record at load, the verification the gate is there to spare the user. */
export function withdrawPage(options: PageOptions): string {
  const { merchantId, userKey, recordExisted, heightChangeId, silent } = options;
  const who = userKey?.replace(/^\w+:/, '') ?? 'nobody';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Coinflow withdraw (simulated)</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${styles}:root{${pageTheme(options.theme)}}</style></head>
<body data-withdraw-user="${escape(who)}" data-withdraw-state="${recordExisted ? 'form' : 'verify-again'}">
<main>${recordExisted ? form(options, who) : verifyAgain()}
<footer>Simulated payout page · merchant ${escape(merchantId)} · opened for <b>${escape(who)}</b></footer></main>
<script>
const tell = (method, info) => parent.postMessage(JSON.stringify({ method, data: info?.data ?? '', info: info?.info }), '*');
const heightId = ${JSON.stringify(heightChangeId ?? null)};
const tellHeight = () => heightId && tell('heightChange:' + heightId, { data: String(document.querySelector('main').offsetHeight + 32) });
addEventListener('load', () => { tellHeight(); ${silent ? '' : "tell('loaded');"} });
new ResizeObserver(tellHeight).observe(document.querySelector('main'));
document.querySelector('form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  document.querySelector('main').innerHTML = '<h1>On its way</h1><p>Your money arrives within minutes.</p>';
  tell('success', { info: { paymentId: 'pay_' + Date.now() } });
});
</script></body></html>`;
}

function form({ amount: asked, email, standing }: PageOptions, who: string): string {
  const amount = Number(asked ?? 25).toFixed(2);
  const isVerified = standing === 'approved' || standing === 'attested';
  return `<h1>Withdraw</h1><p class="${isVerified ? 'ok' : 'soft'}">${isVerified ? '✓ Identity verified' : `Record of you: ${escape(standing ?? 'none')}`}</p>
<form><label>Amount<input name="amount" inputmode="decimal" value="${amount}"></label>
<label>To<select><option>Checking ···· 6789</option><option>Debit card ···· 4242</option></select></label>
<label>Speed<select><option>Instant · $1.50</option><option>Standard · free</option></select></label>
<p class="row"><span>${escape(email ?? who)}</span><b>${dollars.format(Number(amount))}</b></p>
<button>Withdraw</button></form>`;
}

function verifyAgain(): string {
  return `<h1>Verify your identity</h1><p class="bad">We have no verification of yours yet.</p>
<p>To withdraw, take a photo of your passport or driving licence, and a short video of your face.</p>
<button type="button">Start verification</button>`;
}

const styles = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}*{box-sizing:border-box}
body{margin:0;padding:16px;background:var(--page,Canvas);color:var(--ink,CanvasText)}main{max-width:26rem;margin:0 auto;display:grid;gap:.75rem}
h1{font-size:1.35rem;margin:0}form{display:grid;gap:.75rem}label{display:grid;gap:.25rem;font-size:.85rem}
input,select{font:inherit;padding:.6rem .7rem;border:1px solid color-mix(in srgb,currentColor 35%,transparent);border-radius:.6rem;background:transparent;color:inherit}
option{color:CanvasText;background:Canvas}
button{font:inherit;font-weight:600;padding:.75rem;border:0;border-radius:.6rem;background:var(--cta,#1f5eff);color:var(--on-cta,#fff);cursor:pointer}
.ok,.bad{font-weight:600}.ok::first-letter{font-weight:700}.soft,footer{color:var(--soft,inherit)}
.bad{color:color-mix(in srgb,#e5352a 75%,var(--ink,CanvasText))}.ok{color:color-mix(in srgb,#12a05a 72%,var(--ink,CanvasText))}.row{display:flex;justify-content:space-between;margin:0}
p{margin:0}footer{font-size:.75rem}`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
