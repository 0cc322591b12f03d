package dev.tenon.records;

import dev.tenon.metadata.model.FieldType.EncryptedText.Mask;

/** What those are shown of an encrypted text who may not read it. Its length does not show. */
public final class MaskedText {

    private static final String DOTS = "••••••••";
    private static final int LAST = 4;

    /** Shown to everybody for a text that cannot be opened. */
    public static final String UNREADABLE = "⚠";

    /** Characters of the longest masked text. */
    public static final int LONGEST = DOTS.length() + LAST;

    private MaskedText() {}

    /** Four characters are only told of a text that has as many others. */
    public static String of(Mask mask, String plain) {
        int length = plain.codePointCount(0, plain.length());
        return mask == Mask.LAST_FOUR && length >= 2 * LAST
                ? DOTS + plain.substring(plain.offsetByCodePoints(plain.length(), -LAST))
                : DOTS;
    }

    /** Whether somebody sends what he was shown instead of a text. */
    public static boolean looksMasked(String text) {
        return text.startsWith(DOTS) || text.equals(UNREADABLE);
    }
}
