package dev.tenon.expression.internal;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.ExpressionProblem;
import dev.tenon.sdk.error.ErrorDetail;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed text: its syntax tree, and where in the text each node stands.
 *
 * @param offsets code points before a node, by the node's id
 */
record Source(String text, CelExpr root, Map<Long, Integer> offsets) implements Parsed {

    private static final Pattern DECIMAL = Pattern.compile("\\d*\\.?\\d+(?:[eE][+-]?\\d+)?");
    private static final Pattern FOUND = Pattern.compile("(?s)(?:at: | at |input )'(.*?)'(?: expecting .*)?$");
    private static final Pattern NUMBER_TOO_LARGE = Pattern.compile("For input string: \"(.*?)\".*");
    private static final String END = "<EOF>";
    private static final int LONGEST_QUOTE = 40;

    /** More digits in an exponent than any decimal of the language has; BigDecimal would build the number first. */
    private static final int LONGEST_DECIMAL = 100;

    /**
     * Without macros, so that {@code has} is an ordinary function; without reserved words, so that fields may have any
     * name; with every operator as written, so that {@code --x} needs a number.
     */
    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current()
                    .enableReservedIds(false)
                    .retainRepeatedUnaryOperators(true)
                    .maxExpressionCodePointSize(TextCheck.MOST_CHARACTERS)
                    .build())
            .build();

    static Parsed parse(String text) {
        CelValidationResult result = PARSER.parse(text);
        if (result.hasError()) {
            List<ExpressionProblem> problems =
                    result.getErrors().stream().map(Source::problem).distinct().toList();
            // A parser that lost its way also misses the end; the first fault says more.
            List<ExpressionProblem> telling = problems.stream()
                    .filter(p -> p.detail().code() != ExpressionError.UNFINISHED)
                    .toList();
            return new Parsed.Broken(telling.isEmpty() ? problems : telling);
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            return new Source(text, tree.getExpr(), tree.getSource().getPositionsMap());
        } catch (CelValidationException impossible) {
            throw new IllegalStateException("a parse without errors has a tree", impossible);
        }
    }

    private static ExpressionProblem problem(CelIssue issue) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        String message = issue.getMessage();
        if (message.contains("recursion limit")) {
            return problem(ExpressionError.TOO_DEEP, Map.of("limit", TextCheck.MOST_LEVELS), line, column);
        }
        Matcher number = NUMBER_TOO_LARGE.matcher(message);
        if (number.matches()) {
            Map<String, Object> values = Map.of("value", shortened(number.group(1)), "expected", "integer of 64 bits");
            return problem(ExpressionError.INVALID_CONSTANT, values, line, column);
        }
        Matcher found = FOUND.matcher(message);
        String token = found.find() ? found.group(1) : message;
        return token.equals(END)
                ? problem(ExpressionError.UNFINISHED, Map.of(), line, column)
                : problem(ExpressionError.SYNTAX, Map.of("found", shortened(token)), line, column);
    }

    static ExpressionProblem problem(ExpressionError error, Map<String, Object> values, int line, int column) {
        return new ExpressionProblem(new ErrorDetail(error, "", values), line, column);
    }

    private static String shortened(String quote) {
        return quote.codePointCount(0, quote.length()) <= LONGEST_QUOTE
                ? quote
                : quote.substring(0, quote.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }

    ExpressionProblem problem(CelExpr node, ErrorDetail detail) {
        int at = start(node);
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new ExpressionProblem(detail, line, text.codePointCount(lineStart, at) + 1);
    }

    /** Index in the text where people see the node: its name, where the parser tells the dot or the parenthesis. */
    private int start(CelExpr node) {
        int offset = Math.max(0, offsets.getOrDefault(node.id(), 0));
        int at = text.offsetByCodePoints(0, Math.min(offset, text.codePointCount(0, text.length())));
        if (node.getKind() == CelExpr.ExprKind.Kind.SELECT && at < text.length() && text.charAt(at) == '.') {
            int name = text.indexOf(node.select().field(), at);
            return name < 0 ? at : name;
        }
        if (node.getKind() == CelExpr.ExprKind.Kind.CALL && at < text.length() && text.charAt(at) == '(') {
            int name = text.lastIndexOf(node.call().function(), at);
            return name < 0 ? at : name;
        }
        return at;
    }

    /** The exact decimal at a node that the parser has read as a binary floating point number. */
    BigDecimal decimalAt(CelExpr node) {
        Matcher digits = DECIMAL.matcher(text);
        if (!digits.find(start(node))) {
            throw new IllegalStateException("no decimal at its own position in: " + text);
        }
        String written = digits.group();
        if (written.length() > LONGEST_DECIMAL) {
            throw Constants.invalid(shortened(written), Constants.DECIMAL);
        }
        try {
            BigDecimal magnitude = new BigDecimal(written);
            return node.constant().doubleValue() < 0 ? magnitude.negate() : magnitude;
        } catch (NumberFormatException exponentTooLarge) {
            throw Constants.invalid(written, Constants.DECIMAL);
        }
    }
}
