package dev.tenon.approval.internal;

import dev.tenon.expression.Expr;
import dev.tenon.sdk.approval.Visibility;
import java.util.EnumMap;
import java.util.Map;

/** What one process' policy leaves visible, per kind of record. */
record CompiledPolicy(Map<ItemSymbols, Levels> levels) {

    CompiledPolicy {
        levels = Map.copyOf(levels);
    }

    /** Conditions under which the parts of an item may be seen; a weaker one holds only where the stronger ones do. */
    record Levels(Expr content, Expr decision, Expr actor, Expr existence) {}

    /** Throws {@code approval.policy-…} where the policy is unusable. */
    static CompiledPolicy of(Visibility visibility) {
        Map<ItemSymbols, Levels> levels = new EnumMap<>(ItemSymbols.class);
        for (ItemSymbols symbols : ItemSymbols.values()) {
            PolicyTranslation translation = new PolicyTranslation(symbols);
            Expr own = own(symbols);
            levels.put(
                    symbols,
                    new Levels(
                            Expr.or(own, translation.condition(visibility.content())),
                            Expr.or(own, translation.condition(visibility.decision())),
                            Expr.or(own, translation.condition(visibility.actor())),
                            Expr.or(own, translation.condition(visibility.existence()))));
        }
        return new CompiledPolicy(levels);
    }

    /** Stands in for a policy that cannot be used: what it might have hidden is hidden. */
    static CompiledPolicy closed() {
        Map<ItemSymbols, Levels> levels = new EnumMap<>(ItemSymbols.class);
        for (ItemSymbols symbols : ItemSymbols.values()) {
            Expr own = own(symbols);
            levels.put(symbols, new Levels(own, own, own, own));
        }
        return new CompiledPolicy(levels);
    }

    /** What a person did, and what is to be done by that person, is never hidden from that person. */
    private static Expr own(ItemSymbols symbols) {
        Expr author = Expr.equal(symbols.author(), ItemSymbols.ME);
        return symbols == ItemSymbols.COMMENT
                ? Expr.or(author, Expr.equal(symbols.own("actingFor", ItemSymbols.USER), ItemSymbols.ME))
                : author;
    }
}
