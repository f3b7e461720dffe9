import type { GateMessages } from '../react/messages';

const waiting = 'جارٍ تجهيز عملية السحب';
const unusable = 'تعذّر استخدام التحقق من هويتك';
const ourSide = 'حدث خلل من جانبنا';
const notLoaded = 'لم يُحمَّل نموذج السحب';
const moreNeeded = 'نحتاج إلى معلومة إضافية';
const askSupport = 'يُرجى التواصل مع فريق الدعم.';
const tryLater = 'يُرجى المحاولة مرة أخرى بعد قليل أو التواصل مع فريق الدعم.';

/** Arabic, for `messages`. Not yet reviewed by native speakers. */
export const ar: GateMessages = {
  lang: 'ar',
  dir: 'rtl',
  screens: {
    checking: { title: waiting, text: 'نبحث عن بيانات التحقق من هويتك.' },
    opening: { title: waiting, text: 'جارٍ فتح نموذج السحب.' },
    unreachable: { title: 'لا يوجد اتصال', text: 'يتعذّر الوصول إلى خدمتنا حاليًا. يُرجى المحاولة مرة أخرى.' },
    misconfigured: { title: ourSide, text: askSupport },
    registering: { title: waiting, text: 'ننقل الآن نتيجة التحقق من هويتك.' },
    processing: { title: waiting, text: 'جارٍ تأكيد التحقق من هويتك. يستغرق ذلك عادةً بضع ثوانٍ.' },
    wallet: { title: 'يُرجى ربط محفظتك', text: 'سيُفتح نموذج السحب فور ربطها.' },
    consent: {
      title: 'هل نستخدم التحقق السابق من هويتك؟',
      text: 'سبق أن تم التحقق من هويتك. عند موافقتك، نشارك بيانات هويتك التي تم التحقق منها مع Coinflow التي تتولى تنفيذ الدفع.',
    },
    needsInput: { title: moreNeeded, text: 'يمكنك إضافتها في علامة تبويب جديدة. ستتابع هذه الصفحة تلقائيًا.' },
    needsSupport: { title: moreNeeded, text: 'يُرجى التواصل مع فريق الدعم لإضافتها.' },
    declined: { title: 'لم يُقبل التحقق من هويتك', text: 'لم يتمكن شريك الدفع من قبوله.' },
    expired: { title: 'انتهت صلاحية التحقق من هويتك', text: 'يجب تجديده قبل السحب.' },
    blocked: { title: 'السحب غير متاح', text: 'لا يمكن السحب بهذا الحساب. يُرجى التواصل مع فريق الدعم.' },
    delayed: { title: 'يستغرق الأمر وقتًا أطول من المعتاد', text: 'يمكنك المغادرة والعودة في أي وقت. لن يضيع شيء.' },
    exhausted: { title: 'لم يكتمل التأكيد بعد', text: 'يمكنك تحديث الحالة الآن أو العودة لاحقًا.' },
    tokenRefused: { title: unusable, text: 'لم يقبله شريك الدفع. ربما لم يكتمل بعد.' },
    tokenSpent: { title: unusable, text: 'سبق نقله. يُرجى إعادة تحميل هذه الصفحة أو التواصل مع فريق الدعم.' },
    tokenUnavailable: { title: 'تعذّر الوصول إلى بيانات التحقق من هويتك', text: 'يُرجى المحاولة مرة أخرى بعد قليل.' },
    noShareableVerification: { title: 'لا يوجد تحقق مكتمل بعد', text: 'يُرجى إكمال التحقق من هويتك ثم العودة إلى هنا.' },
    unauthenticated: {
      title: 'يُرجى تسجيل الدخول',
      text: 'انتهت جلستك. يُرجى تسجيل الدخول مجددًا، ثم ستتابع هذه الصفحة تلقائيًا.',
    },
    forbidden: { title: 'غير متاح لهذا الحساب', text: 'لا يمكن السحب من هنا بهذا الحساب. يُرجى التواصل مع فريق الدعم.' },
    subjectMismatch: {
      title: 'تم تسجيل الدخول بحساب آخر',
      text: 'يُرجى إعادة تحميل هذه الصفحة للمتابعة بالحساب الآخر.',
    },
    rateLimited: { title: 'لحظة من فضلك', text: 'هناك ضغط كبير حاليًا. ستتابع هذه الصفحة تلقائيًا.' },
    offline: { title: 'لا يوجد اتصال بالإنترنت', text: 'ستتابع هذه الصفحة تلقائيًا عند عودة الاتصال.' },
    server: { title: ourSide, text: tryLater },
    malformed: { title: ourSide, text: tryLater },
    withdrawUnavailable: { title: notLoaded, text: 'يُرجى المحاولة مرة أخرى أو إعادة تحميل هذه الصفحة.' },
    withdrawBlocked: { title: notLoaded, text: askSupport },
    renderFailed: { title: ourSide, text: 'يُرجى المحاولة مرة أخرى.' },
  },
  steps: { check: 'البحث عن بيانات التحقق', share: 'تأكيدها', open: 'فتح نموذج السحب' },
  actions: {
    consent: 'الموافقة والمتابعة',
    retry: 'إعادة المحاولة',
    recheck: 'تحديث الحالة',
    continue: 'متابعة',
    chooseFallback: 'التحقق عبر Coinflow',
    support: 'التواصل مع الدعم',
    cancel: 'ليس الآن',
    reload: 'إعادة التحميل',
  },
  times: { next: 'ستُعاد المحاولة {time}.', waited: 'مدة الانتظار: {time}.' },
  notLoading: 'هل تعذّر التحميل؟',
  frameTitle: 'نموذج السحب',
};
