package dev.tenon.metadata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide is true: its examples pass the schemas, and it names every property. */
class PackageGuideTest {

    private static final Path GUIDE = Path.of("../docs/guides/package-format.md");

    @Test
    void everyExampleOfAFilePassesItsSchema() throws IOException {
        List<String> examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(r -> r.group(1))
                // Those show pieces of several files.
                .filter(text -> !text.startsWith("# "))
                .toList();
        List<String> schemas = List.of(
                "package.schema.json",
                "object.schema.json",
                "extends-object.schema.json",
                "extends-object.schema.json",
                "extends-object.schema.json",
                "permission-set.schema.json",
                "approval.schema.json",
                "i18n.schema.json");

        assertThat(examples).hasSameSizeAs(schemas);
        for (int i = 0; i < schemas.size(); i++) {
            List<Problem> problems = new ArrayList<>();
            Node node = YamlText.parse("guide", schemas.get(i), examples.get(i), problems)
                    .orElseThrow();
            problems.addAll(SchemaCheck.check(schemas.get(i), node, "guide", schemas.get(i)));
            assertThat(problems).as(schemas.get(i)).isEmpty();
        }
    }

    @Test
    void everyPropertyIsNamed() throws IOException {
        String guide = Files.readString(GUIDE);
        ElementTypes.all().stream()
                .filter(type -> !type.name().equals(ElementTypes.SCRIPT))
                .forEach(type -> type.properties()
                        .forEach(property -> assertThat(guide)
                                .as(type.name() + " " + property.name())
                                .containsPattern("\\b" + property.name() + "\\b")));
    }
}
