package dev.tenon.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A roll-up that its package has given up keeps its last results, so its values must be of the type that it had. */
class RetiredRollUpTest {

    private static final String ORDER = "shop__Order";
    private static final List<String> ROLL_UPS = List.of("lines", "sum", "average", "first", "most", "parts", "deep");

    private static Model model(List<String> retired) {
        String gone = retired.isEmpty()
                ? ""
                : "retired: "
                        + retired.stream()
                                .map(name -> "\"field:" + ORDER + "/" + name + "\"")
                                .toList();
        Map<String, String> texts = Map.of(
                "package.yaml",
                """
                name: shop
                namespace: shop
                version: 1.0.0
                title: Shop
                summary: Orders.
                %s
                """.formatted(gone),
                "objects/Order.yaml",
                """
                label: Order
                titleField: name
                fields:
                  name: {type: text, label: Name, maxLength: 80}
                  lines: {type: rollUp, label: Lines, object: Line, via: order, function: count}
                  sum: {type: rollUp, label: Sum, object: Line, via: order, function: sum, field: price}
                  average: {type: rollUp, label: Average, object: Line, via: order, function: avg, field: pieces}
                  first: {type: rollUp, label: First, object: Line, via: order, function: min, field: due}
                  most: {type: rollUp, label: Most, object: Line, via: order, function: max, field: twice}
                  parts: {type: rollUp, label: Parts, object: Line, via: order, function: sum, field: parts}
                  deep: {type: rollUp, label: Deep, object: Line, via: order, function: max, field: weight}
                """,
                "objects/Line.yaml",
                """
                label: Line
                titleField: name
                fields:
                  name: {type: text, label: Name, maxLength: 80}
                  order: {type: masterDetail, label: Order, target: Order}
                  price: {type: decimal, label: Price, precision: 9, scale: 2}
                  pieces: {type: integer, label: Pieces}
                  due: {type: date, label: Due}
                  twice: {type: formula, label: Twice, result: {type: integer}, expression: "pieces * 2"}
                  parts: {type: rollUp, label: Parts, object: Part, via: line, function: count}
                  weight: {type: rollUp, label: Weight, object: Part, via: line, function: max, field: weight}
                """,
                "objects/Part.yaml",
                """
                label: Part
                titleField: name
                fields:
                  name: {type: text, label: Name, maxLength: 80}
                  line: {type: masterDetail, label: Line, target: Line}
                  weight: {type: decimal, label: Weight, precision: 7, scale: 3}
                """);
        Map<String, byte[]> files = new LinkedHashMap<>();
        texts.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        Layer layer = PackageReader.readFiles(files).orThrow();
        return Models.compile("shop", 1, Models.withSystem(List.of(layer, Layer.emptyCustom())))
                .orThrow();
    }

    private static FieldType type(Model model, String field) {
        return model.requireObject(ORDER).requireField(field).type();
    }

    @Test
    void itsLastResultsAreOfTheTypeThatItComputed() {
        Model live = model(List.of());
        Model given = model(ROLL_UPS);
        assertThat(ROLL_UPS).allSatisfy(name -> {
            FieldType.RollUp computing = (FieldType.RollUp) type(live, name);
            assertThat(type(given, name)).as(name).isEqualTo(computing.result(live));
        });
        assertThat(type(given, "deep")).isEqualTo(new FieldType.DecimalNumber(7, 3, false));
        assertThat(type(given, "first")).isEqualTo(new FieldType.DateOnly());
    }
}
