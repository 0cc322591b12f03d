package dev.tenon.records;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several titles in one cell of a table, with semicolons between: {@code Welding;"Paint; spray"}. One that holds a semicolon
 * or a quotation mark stands in quotation marks, in which each mark is doubled.
 */
public final class TitleList {

    private static final char SEPARATOR = ';';
    private static final char MARK = '"';

    private TitleList() {}

    public static String join(List<String> titles) {
        return titles.stream()
                .map(title -> title.indexOf(SEPARATOR) < 0 && title.indexOf(MARK) < 0
                        ? title
                        : MARK + title.replace("\"", "\"\"") + MARK)
                .collect(Collectors.joining(ValueCodec.KEY_SEPARATOR));
    }

    /** The titles without the spaces around them; a mark that is not closed reaches to the end. */
    public static List<String> split(String cell) {
        List<String> titles = new ArrayList<>();
        StringBuilder title = new StringBuilder();
        boolean marked = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean doubled = marked && c == MARK && i + 1 < cell.length() && cell.charAt(i + 1) == MARK;
            if (doubled) {
                title.append(MARK);
                i++;
            } else if (c == MARK && (marked || title.toString().isBlank())) {
                marked = !marked;
            } else if (c == SEPARATOR && !marked) {
                titles.add(title.toString());
                title.setLength(0);
            } else {
                title.append(c);
            }
        }
        titles.add(title.toString());
        return titles.stream().map(String::strip).filter(t -> !t.isEmpty()).toList();
    }
}
