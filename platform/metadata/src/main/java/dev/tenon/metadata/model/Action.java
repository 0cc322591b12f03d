package dev.tenon.metadata.model;

import java.util.List;
import java.util.Optional;

/**
 * Something people and programs can do with one record, beside editing it. Who may run it is part of permission sets.
 *
 * @param condition offered and accepted only where it is true
 * @param parameters what it is told, described as fields are
 * @param returns what it answers; there only for a function, which is for programs and may not change anything
 */
public record Action(
        String name,
        String origin,
        Label label,
        Optional<ExpressionText> condition,
        Handler handler,
        List<Field> parameters,
        Optional<FieldType> returns) {
    public Action {
        parameters = List.copyOf(parameters);
    }

    /** What a function answers, described as a field. */
    public Field answer() {
        return new Field(
                "value",
                origin,
                label,
                returns.orElseThrow(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                true,
                false,
                false);
    }

    /** Whether it only reads. */
    public boolean function() {
        return returns.isPresent();
    }
}
