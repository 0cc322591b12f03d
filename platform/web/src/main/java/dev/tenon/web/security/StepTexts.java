package dev.tenon.web.security;

import java.util.Locale;

/** What the pages between the password and the session, and behind one-time links, say. */
record StepTexts(
        String title,
        String code,
        String codeLabel,
        String goOn,
        String wrong,
        String paused,
        String tooOld,
        String newPassword,
        String repeated,
        String differ,
        String enrolment,
        String openApp,
        String recovery,
        String kept,
        String welcome,
        String choose,
        String linkOver,
        String toSignIn) {

    private static final StepTexts ENGLISH = new StepTexts(
            "Sign in to Tenon",
            "Enter the six digits that your authenticator shows, or one of your recovery codes.",
            "Code",
            "Continue",
            "The code is wrong or was used before. Wait for the next one.",
            "There were too many failures. Wait for a while and try again.",
            "Your password is too old. Choose another one.",
            "New password",
            "New password, once more",
            "The two passwords differ.",
            "Your organization demands a second factor. Add this key to an authenticator app on your telephone, then enter the six digits that it shows.",
            "Open the authenticator app on this device",
            "With each of these codes you can sign in once if you lose your telephone. They are not shown again: keep them in a safe place.",
            "I have kept them, continue",
            "Welcome to Tenon",
            "Choose a password for the user name",
            "This link has been used, has expired or was replaced by a newer one. Ask your administrator for another one.",
            "To the sign-in page");

    private static final StepTexts CHINESE = new StepTexts(
            "登录 Tenon",
            "请输入验证器应用显示的六位数字，或一个恢复码。",
            "验证码",
            "继续",
            "验证码有误或已使用过，请等待下一个验证码。",
            "失败次数过多，请稍候再试。",
            "您的密码已过期，请设置新密码。",
            "新密码",
            "再次输入新密码",
            "两次输入的密码不一致。",
            "您的组织要求使用第二验证因素。请将此密钥添加到手机的验证器应用中，然后输入其显示的六位数字。",
            "在本设备上打开验证器应用",
            "如果您丢失手机，可以用下列每个恢复码登录一次。它们不会再次显示，请妥善保存。",
            "我已保存，继续",
            "欢迎使用 Tenon",
            "请为以下用户名设置密码：",
            "此链接已被使用、已过期或已被新链接取代。请向管理员索取新的链接。",
            "前往登录页面");

    static StepTexts of(Locale locale) {
        return PageForm.chinese(locale) ? CHINESE : ENGLISH;
    }
}
