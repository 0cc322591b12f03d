package dev.tenon.sdk.approval;

/**
 * What must hold for a viewer to see the parts of an item. From weak to strong: without {@code content} the text and
 * files are gone but "a decision was made" remains; without {@code decision} the outcome is gone too; without
 * {@code actor} the name; without {@code existence} the item, its time and its count.
 */
public record Visibility(
        VisibilityExpr content, VisibilityExpr decision, VisibilityExpr actor, VisibilityExpr existence) {

    /** Restricts only the content. */
    public static Visibility contentOnly(VisibilityExpr condition) {
        return new Visibility(condition, VisibilityExpr.TRUE, VisibilityExpr.TRUE, VisibilityExpr.TRUE);
    }

    /** Hides the item altogether where the condition does not hold. */
    public static Visibility existence(VisibilityExpr condition) {
        return new Visibility(condition, condition, condition, condition);
    }
}
