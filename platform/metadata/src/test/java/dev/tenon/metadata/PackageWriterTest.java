package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.custom;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PackageWriterTest {

    private static String file(Layer layer, String path) {
        byte[] bytes = PackageWriter.files(layer).get(path);
        assertThat(bytes).as(path).isNotNull();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void filesAreWrittenInOneCanonicalForm() {
        Layer layer = custom("extends/recruiting__Offer.yaml", """
                # a comment
                rules: {c__r: {message: "M, and more", condition: "salary > 0.0", field: salary}}
                triggers: {c__t: {on: [beforeCreate], plugin: a-b/c}}
                fields:
                  salary: {help: "Per month"}
                  c__x: {label: X, type: picklist, values: {a: {label: 甲}}}
                """);

        assertThat(PackageWriter.files(layer)).containsOnlyKeys("package.yaml", "extends/recruiting/Offer.yaml");
        assertThat(file(layer, "extends/recruiting/Offer.yaml")).isEqualTo("""
                        fields:
                          c__x:
                            type: picklist
                            label: X
                            values:
                              a:
                                label: 甲
                          salary:
                            help: Per month
                        rules:
                          c__r:
                            condition: "salary > 0.0"
                            message: "M, and more"
                            field: salary
                        triggers:
                          c__t:
                            on: [beforeCreate]
                            plugin: a-b/c
                        """);
    }

    @Test
    void aProductIsReadBackAsItWas() {
        Layer read = PackageReader.readFiles(PackageWriter.files(PRODUCT)).orThrow();

        assertThat(read.sameContent(PRODUCT)).isTrue();
        assertThat(file(PRODUCT, "package.yaml"))
                .isEqualTo("name: recruiting\nnamespace: recruiting\nversion: 1.0.0\ntitle: Recruiting\n");
        assertThat(file(PRODUCT, "apps.yaml")).contains("objects: [Candidate, Application, Offer]");
    }

    @Test
    void equalLayersGiveEqualArchives() {
        Layer again = PackageReader.readFiles(PackageWriter.files(PRODUCT)).orThrow();

        assertThat(PackageWriter.zip(again)).isEqualTo(PackageWriter.zip(PRODUCT));
    }
}
