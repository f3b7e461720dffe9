import type { GateMessages } from '../react/messages';

const waiting = '出金の準備をしています';
const unusable = '本人確認を利用できませんでした';
const ourSide = 'システムに問題が発生しています';
const notLoaded = '出金フォームを読み込めませんでした';
const moreNeeded = '追加の情報が必要です';
const askSupport = 'サポートにお問い合わせください。';
const tryLater = 'しばらくしてからもう一度お試しいただくか、サポートにお問い合わせください。';

/** Japanese, for `messages`. Not yet reviewed by native speakers. */
export const ja: GateMessages = {
  lang: 'ja',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'お客様の本人確認の結果を探しています。' },
    opening: { title: waiting, text: '出金フォームを開いています。' },
    unreachable: { title: '接続できません', text: '現在、サービスに接続できません。もう一度お試しください。' },
    misconfigured: { title: ourSide, text: askSupport },
    registering: { title: waiting, text: '本人確認の結果を送信しています。' },
    processing: { title: waiting, text: '本人確認の結果を確認中です。通常は数秒で完了します。' },
    wallet: { title: 'ウォレットを接続してください', text: '接続されると、出金フォームが開きます。' },
    consent: {
      title: 'これまでの本人確認を利用しますか？',
      text: '本人確認はすでに完了しています。同意いただくと、出金を行う Coinflow に確認済みの本人情報を提供します。',
    },
    needsInput: { title: moreNeeded, text: '新しいタブで入力してください。このページは自動的に先へ進みます。' },
    needsSupport: { title: moreNeeded, text: '追加するには、サポートにお問い合わせください。' },
    declined: { title: '本人確認が承認されませんでした', text: '出金の提携会社で承認できませんでした。' },
    expired: { title: '本人確認の有効期限が切れています', text: '出金するには更新が必要です。' },
    blocked: {
      title: '出金をご利用いただけません',
      text: 'このアカウントでは出金できません。サポートにお問い合わせください。',
    },
    delayed: {
      title: '通常より時間がかかっています',
      text: 'このページを離れても、いつでも戻ることができます。情報が失われることはありません。',
    },
    exhausted: { title: 'まだ確認が完了していません', text: '今すぐ再確認するか、後でもう一度お越しください。' },
    tokenRefused: {
      title: unusable,
      text: '出金の提携会社で承認されませんでした。まだ完了していない可能性があります。',
    },
    tokenSpent: {
      title: unusable,
      text: 'すでに送信されています。このページを再読み込みするか、サポートにお問い合わせください。',
    },
    tokenUnavailable: { title: '本人確認の結果を取得できません', text: 'しばらくしてからもう一度お試しください。' },
    noShareableVerification: {
      title: '本人確認がまだ完了していません',
      text: '本人確認を完了してから、このページにお戻りください。',
    },
    unauthenticated: {
      title: 'ログインしてください',
      text: 'セッションが終了しました。もう一度ログインすると、このページは自動的に先へ進みます。',
    },
    forbidden: {
      title: 'このアカウントではご利用いただけません',
      text: 'このアカウントではここから出金できません。サポートにお問い合わせください。',
    },
    subjectMismatch: {
      title: '別のアカウントでログインしています',
      text: 'そのアカウントで続けるには、このページを再読み込みしてください。',
    },
    rateLimited: { title: '少々お待ちください', text: '現在混み合っています。このページは自動的に先へ進みます。' },
    offline: { title: 'オフラインです', text: '接続が回復すると、このページは自動的に先へ進みます。' },
    server: { title: ourSide, text: tryLater },
    malformed: { title: ourSide, text: tryLater },
    withdrawUnavailable: { title: notLoaded, text: 'もう一度お試しいただくか、このページを再読み込みしてください。' },
    withdrawBlocked: { title: notLoaded, text: askSupport },
    renderFailed: { title: ourSide, text: 'もう一度お試しください。' },
  },
  steps: { check: '本人確認の結果を探す', share: '確認する', open: '出金フォームを開く' },
  actions: {
    consent: '同意して続ける',
    retry: 'もう一度試す',
    recheck: '再確認する',
    continue: '続ける',
    chooseFallback: 'Coinflow で本人確認を行う',
    support: 'サポートに問い合わせる',
    cancel: '今はしない',
    reload: '再読み込み',
  },
  times: { next: '{time}に再試行します。', waited: '{time}お待ちいただいています。' },
  notLoading: '読み込まれませんか？',
  frameTitle: '出金フォーム',
};
