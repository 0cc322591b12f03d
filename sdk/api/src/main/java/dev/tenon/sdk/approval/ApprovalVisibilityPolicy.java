package dev.tenon.sdk.approval;

/**
 * Takes away from what people may see of an approval's items (comments, decisions). It can only restrict: its answer is
 * and-ed to the built-in rule that whoever may see an approval sees all its items.
 *
 * <p>It runs when the tenant's model is compiled, against symbols, not per row: the conditions it returns become part of
 * every query that reads such items, so no list, count, export or search can forget them. If it fails, or answers with
 * something unusable, publishing the model is refused; should it fail later all the same, the content is hidden.
 */
public interface ApprovalVisibilityPolicy {

    /**
     * @param viewer symbol of the person who looks
     * @param item symbol of the item looked at
     * @param approval symbol of the approval it belongs to
     */
    Visibility compile(
            VisibilitySymbols.Viewer viewer, VisibilitySymbols.Item item, VisibilitySymbols.Approval approval);
}
