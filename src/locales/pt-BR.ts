import type { GateMessages } from '../react/messages';

const waiting = 'Estamos preparando seu saque';
const unusable = 'Não foi possível usar sua verificação';
const ourSide = 'Algo não está funcionando do nosso lado';
const notLoaded = 'O formulário de saque não carregou';
const moreNeeded = 'Falta uma informação';
const askSupport = 'Entre em contato com o suporte.';
const tryLater = 'Tente novamente em instantes ou entre em contato com o suporte.';

/** Brazilian Portuguese, for `messages`. Not yet reviewed by native speakers. */
export const ptBR: GateMessages = {
  lang: 'pt-BR',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'Estamos procurando sua verificação.' },
    opening: { title: waiting, text: 'O formulário de saque está abrindo.' },
    unreachable: { title: 'Sem conexão', text: 'Nosso serviço está indisponível no momento. Tente novamente.' },
    misconfigured: { title: ourSide, text: askSupport },
    registering: { title: waiting, text: 'Estamos encaminhando sua verificação.' },
    processing: { title: waiting, text: 'Confirmando sua verificação. Costuma levar alguns segundos.' },
    wallet: { title: 'Conecte sua carteira', text: 'O formulário de saque abrirá assim que ela estiver conectada.' },
    consent: {
      title: 'Usar sua verificação existente?',
      text: 'Você já verificou sua identidade. Se concordar, compartilharemos seus dados de identidade verificados com a Coinflow, que faz o pagamento.',
    },
    needsInput: { title: moreNeeded, text: 'Adicione-a em uma nova guia. Esta página continuará automaticamente.' },
    needsSupport: { title: moreNeeded, text: 'Entre em contato com o suporte para adicioná-la.' },
    declined: { title: 'Sua verificação não foi aceita', text: 'O parceiro de pagamentos não pôde aceitá-la.' },
    expired: { title: 'Sua verificação expirou', text: 'Ela precisa ser renovada antes que você possa sacar.' },
    blocked: {
      title: 'Os saques não estão disponíveis',
      text: 'Não é possível fazer saques com esta conta. Entre em contato com o suporte.',
    },
    delayed: {
      title: 'Está demorando mais que o normal',
      text: 'Você pode sair e voltar quando quiser. Nada será perdido.',
    },
    exhausted: { title: 'Ainda sem confirmação', text: 'Você pode consultar novamente agora ou voltar mais tarde.' },
    tokenRefused: {
      title: unusable,
      text: 'O parceiro de pagamentos não a aceitou. Talvez ela ainda não esteja completa.',
    },
    tokenSpent: {
      title: unusable,
      text: 'Ela já foi encaminhada antes. Recarregue esta página ou entre em contato com o suporte.',
    },
    tokenUnavailable: { title: 'Não foi possível acessar sua verificação', text: 'Tente novamente em instantes.' },
    noShareableVerification: {
      title: 'Nenhuma verificação concluída ainda',
      text: 'Conclua a verificação da sua identidade e depois volte aqui.',
    },
    unauthenticated: {
      title: 'Entre na sua conta',
      text: 'Sua sessão terminou. Entre novamente e esta página continuará automaticamente.',
    },
    forbidden: {
      title: 'Não disponível para esta conta',
      text: 'Esta conta não pode fazer saques aqui. Entre em contato com o suporte.',
    },
    subjectMismatch: {
      title: 'Você entrou com outra conta',
      text: 'Recarregue esta página para continuar com essa conta.',
    },
    rateLimited: {
      title: 'Um momento, por favor',
      text: 'Há muita atividade agora. Esta página continuará automaticamente.',
    },
    offline: { title: 'Você está off-line', text: 'Esta página continuará automaticamente quando a conexão voltar.' },
    server: { title: ourSide, text: tryLater },
    malformed: { title: ourSide, text: tryLater },
    withdrawUnavailable: { title: notLoaded, text: 'Tente novamente ou recarregue esta página.' },
    withdrawBlocked: { title: notLoaded, text: askSupport },
    renderFailed: { title: ourSide, text: 'Tente novamente.' },
  },
  steps: { check: 'Encontrar sua verificação', share: 'Confirmá-la', open: 'Abrir o formulário de saque' },
  actions: {
    consent: 'Concordar e continuar',
    retry: 'Tentar novamente',
    recheck: 'Consultar novamente',
    continue: 'Continuar',
    chooseFallback: 'Verificar com a Coinflow',
    support: 'Falar com o suporte',
    cancel: 'Agora não',
    reload: 'Recarregar',
  },
  times: { next: 'Nova tentativa {time}.', waited: 'Aguardando há {time}.' },
  notLoading: 'Não está carregando?',
  frameTitle: 'Formulário de saque',
};
