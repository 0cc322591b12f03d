package dev.tenon.store.sql.internal;

import dev.tenon.expression.Function;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Whether a text contains, starts with or ends with another. */
final class Texts {

    private static final char ESCAPE = '!';

    private final SqlFunctions functions;

    Texts(SqlFunctions functions) {
        this.functions = functions;
    }

    /** @param constant the part where it is known now: as a pattern it can be looked up in an index */
    Condition test(Function function, Field<String> text, Field<String> part, Optional<String> constant) {
        Field<String> pattern = constant.map(known -> DSL.val(escaped(known)))
                .map(known -> (Field<String>) known)
                .orElseGet(() -> escaped(part));
        return switch (function) {
            case CONTAINS ->
                constant.isPresent()
                        ? text.like(DSL.val("%" + escaped(constant.get()) + "%"), ESCAPE)
                        : DSL.condition(functions.contains(text, part));
            case STARTS_WITH ->
                constant.isPresent()
                        ? text.like(DSL.val(escaped(constant.get()) + "%"), ESCAPE)
                        : text.like(pattern.concat("%"), ESCAPE);
            case ENDS_WITH ->
                constant.isPresent()
                        ? text.like(DSL.val("%" + escaped(constant.get())), ESCAPE)
                        : text.like(DSL.val("%").concat(pattern), ESCAPE);
            default -> throw new IllegalArgumentException("no test of text: " + function);
        };
    }

    private static String escaped(String part) {
        return part.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static Field<String> escaped(Field<String> part) {
        return DSL.replace(DSL.replace(DSL.replace(part, "!", "!!"), "%", "!%"), "_", "!_");
    }
}
