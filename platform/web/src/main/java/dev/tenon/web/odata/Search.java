package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.Function;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.olingo.server.api.uri.queryoption.search.SearchBinary;
import org.apache.olingo.server.api.uri.queryoption.search.SearchExpression;
import org.apache.olingo.server.api.uri.queryoption.search.SearchUnary;

/**
 * {@code $search}: records one of whose short texts contains the words, whatever their case. Only fields the caller may
 * read are looked at, so that a hidden text cannot be found out word by word.
 */
final class Search {

    private final ExprBuilder builder;
    private final List<Expr> texts = new ArrayList<>();
    private int parts;

    private Search(VisibleObject object, Paths paths) {
        this(object, List.copyOf(object.fields().keySet()), paths);
    }

    private Search(VisibleObject object, List<String> fields, Paths paths) {
        this.builder = paths.builder();
        for (Field field : object.fields().values()) {
            if (fields.contains(field.name()) && searched(field.type())) {
                texts.add(builder.call(Function.LOWER, List.of(builder.field(field.name()))));
            }
        }
    }

    static Expr translate(SearchExpression expression, Paths paths) {
        Search search = new Search(paths.visible().require(paths.object()), paths);
        return search.texts.isEmpty() ? Expr.FALSE : search.condition(expression);
    }

    /** Records with the words as they are, without the syntax of {@code $search}. */
    static Expr containing(String words, VisibleObject object, Paths paths) {
        return new Search(object, paths).contains(words);
    }

    /** The same in some of the fields. */
    static Expr containing(String words, VisibleObject object, List<String> fields, Paths paths) {
        return new Search(object, fields, paths).contains(words);
    }

    private Expr contains(String words) {
        Expr word = builder.literal(words.toLowerCase(Locale.ROOT));
        return texts.stream()
                .map(text -> builder.call(Function.CONTAINS, List.of(text, word)))
                .reduce((a, b) -> builder.binary(Expr.BinaryOperator.OR, a, b))
                .orElse(Expr.FALSE);
    }

    private static boolean searched(FieldType type) {
        return switch (type) {
            case FieldType.Text text -> !text.multiline();
            case FieldType.AutoNumber _ -> true;
            case FieldType.RichText _ -> true;
            case FieldType.Formula formula -> searched(formula.result());
            default -> false;
        };
    }

    /**
     * The words of a term. Chinese has no spaces: where it meets letters or digits a word ends. A phrase with spaces is
     * looked for as it is.
     */
    static List<String> words(String term) {
        return term.chars().anyMatch(Character::isWhitespace)
                ? List.of(term)
                : List.of(term.split(
                        "(?<=\\p{IsHan})(?=[\\p{L}\\p{N}&&[^\\p{IsHan}]])|(?<=[\\p{L}\\p{N}&&[^\\p{IsHan}]])(?=\\p{IsHan})",
                        -1));
    }

    private Expr condition(SearchExpression expression) {
        if (++parts > Limits.PARTS / Math.max(1, texts.size())) {
            throw WebError.ODATA_TOO_COMPLEX
                    .error()
                    .with("maximum", Limits.PARTS)
                    .build();
        }
        if (expression.isSearchTerm()) {
            return words(expression.asSearchTerm().getSearchTerm()).stream()
                    .map(this::contains)
                    .reduce((a, b) -> builder.binary(Expr.BinaryOperator.AND, a, b))
                    .orElse(Expr.TRUE);
        }
        if (expression.isSearchBinary()) {
            SearchBinary both = expression.asSearchBinary();
            return switch (both.getOperator()) {
                case AND ->
                    builder.binary(
                            Expr.BinaryOperator.AND,
                            condition(both.getLeftOperand()),
                            condition(both.getRightOperand()));
                case OR ->
                    builder.binary(
                            Expr.BinaryOperator.OR,
                            condition(both.getLeftOperand()),
                            condition(both.getRightOperand()));
            };
        }
        SearchUnary not = expression.asSearchUnary();
        Expr operand = condition(not.getOperand());
        return builder.binary(Expr.BinaryOperator.OR, builder.not(operand), builder.isNull(operand));
    }
}
