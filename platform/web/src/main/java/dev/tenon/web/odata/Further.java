package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.records.Query;
import dev.tenon.web.model.VisibleObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the records of an expanded collection go on that were too many for one answer: a page of the collection itself, with
 * the options that it was expanded with.
 *
 * @param owner the object that has the collection
 * @param options in the words of an address
 * @param left how many the caller still wants; empty for all
 * @param sorted whether the caller has given an order; without one a page begins behind the last row, as those of lists do
 * @param conditions that the records fulfil
 */
record Further(
        String owner,
        VisibleObject.Collection collection,
        String options,
        int shown,
        Optional<Integer> left,
        boolean sorted,
        List<Expr> conditions,
        Paths paths) {

    /**
     * The options of a way of {@code $expand}, for the address of its collection.
     *
     * @param expanded as it was written between the brackets
     * @param levels how many more times the same way is followed
     */
    static String options(String way, String expanded, int levels) {
        List<String> kept = new ArrayList<>();
        List<String> nested = new ArrayList<>();
        List<String> again = new ArrayList<>();
        for (String option : Spelling.split(expanded, ';')) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? "" : option.substring(0, equals);
            switch (name) {
                case "", "$top", "$levels" -> {}
                case "$expand" -> {
                    nested.add(option.substring(equals + 1));
                    again.add(option);
                }
                default -> {
                    kept.add(name + "=" + encoded(option.substring(equals + 1)));
                    again.add(option);
                }
            }
        }
        if (levels > 0) {
            again.add("$levels=" + levels);
            nested.add(way + "(" + String.join(";", again) + ")");
        }
        if (!nested.isEmpty()) {
            kept.add("$expand=" + encoded(String.join(",", nested)));
        }
        return String.join("&", kept);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * @param root of the service
     * @param of the record that has the collection
     * @param last the last record that is shown
     */
    String link(String root, UUID of, UUID last) {
        StringBuilder link = new StringBuilder(root)
                .append(owner)
                .append('(')
                .append(of)
                .append(")/")
                .append(collection.name())
                .append('?');
        if (!options.isEmpty()) {
            link.append(options).append('&');
        }
        left.ifPresent(number -> link.append("$top=").append(number).append('&'));
        return sorted
                ? link.append("$skip=").append(shown).toString()
                : link.append("$skiptoken=").append(behind(of, last)).toString();
    }

    private String behind(UUID of, UUID last) {
        Expr belongs = paths.belongs(collection, new Expr.Literal(of, ValueType.Simple.ID));
        Expr all = conditions.stream().reduce(belongs, Expr::and);
        QueryTranslation.Criteria criteria = new QueryTranslation.Criteria(Optional.of(all), List.of());
        return new PageTokens(collection.object(), criteria).token(new Query.Place(List.of(), last));
    }
}
