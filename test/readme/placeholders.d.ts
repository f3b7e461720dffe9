/** What a merchant has, and the README's code only names. */

declare function yourSession(request: Request): Promise<{ userId: string; email: string; country: string } | null>;

declare const yourDatabase: {
  inquiryOf(userId: string | undefined): Promise<string | null>;
  applicantOf(userId: string | undefined): Promise<string | null>;
};

declare function yourUserId(): string;
