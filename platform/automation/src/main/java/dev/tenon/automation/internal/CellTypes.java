package dev.tenon.automation.internal;

import dev.tenon.automation.ImportPreview.CellType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.records.ValueParser;
import dev.tenon.sdk.error.PlatformException;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Guesses what a column holds: the first kind that every filled cell can be read as. */
final class CellTypes {

    /** Numbers are tried before yes and no, which may be written as 1 and 0. */
    private static final Map<CellType, FieldType> CANDIDATES = candidates();

    /** A postal code or a part number: as a number it would lose its zeros. */
    private static final Pattern CODE = Pattern.compile("[+-]?0\\d.*");

    private CellTypes() {}

    private static Map<CellType, FieldType> candidates() {
        Map<CellType, FieldType> candidates = new LinkedHashMap<>();
        candidates.put(CellType.INTEGER, new FieldType.WholeNumber(Optional.empty(), Optional.empty()));
        candidates.put(CellType.DECIMAL, new FieldType.DecimalNumber(38, 18, true));
        candidates.put(CellType.DATE, new FieldType.DateOnly());
        candidates.put(CellType.DATE_TIME, new FieldType.DateTime());
        candidates.put(CellType.BOOLEAN, new FieldType.Bool());
        return candidates;
    }

    static CellType of(List<String> cells) {
        List<String> filled = cells.stream().filter(c -> !c.isBlank()).toList();
        if (filled.isEmpty()) {
            return CellType.EMPTY;
        }
        return CANDIDATES.entrySet().stream()
                .filter(candidate -> filled.stream().allMatch(cell -> fits(candidate.getValue(), cell)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(CellType.TEXT);
    }

    private static boolean fits(FieldType type, String cell) {
        boolean number = type instanceof FieldType.WholeNumber || type instanceof FieldType.DecimalNumber;
        if (number && CODE.matcher(cell.strip()).matches() && !cell.contains(".")) {
            return false;
        }
        Field field = new Field(
                "cell",
                "",
                Label.of("cell"),
                type,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false);
        try {
            ValueParser.parse(field, cell, Locale.ROOT, ZoneOffset.UTC);
            return true;
        } catch (PlatformException other) {
            return false;
        }
    }
}
