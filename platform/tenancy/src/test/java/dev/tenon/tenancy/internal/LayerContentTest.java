package dev.tenon.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.Layering.Entry;
import dev.tenon.tenancy.Layering.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class LayerContentTest {

    private static Entry entry(Kind kind, String name, String version) {
        return new Entry(kind, name, name, version, "hash of " + name + version, "", true);
    }

    @Test
    void theHashDependsOnPathsAndContentsOnly() {
        Map<String, byte[]> one = new LinkedHashMap<>();
        one.put("a.yaml", new byte[] {1});
        one.put("b.yaml", new byte[] {2});
        Map<String, byte[]> other = new LinkedHashMap<>();
        other.put("b.yaml", new byte[] {2});
        other.put("a.yaml", new byte[] {1});
        TimeZone before = TimeZone.getDefault();
        try {
            String hash = FileArchive.of(one).hash();
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
            assertThat(FileArchive.of(other).hash()).isEqualTo(hash);
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat(FileArchive.of(Map.of("ab", new byte[] {1})).hash())
                .isNotEqualTo(FileArchive.of(Map.of("a", new byte[] {'b', 1})).hash());
    }

    @Test
    void aLayerReplacesTheOneOfItsNameAndKeepsItsPlace() {
        Layering layering = new Layering(List.of(entry(Kind.PRODUCT, "a", "1.0.0"), entry(Kind.PRODUCT, "b", "1.0.0")));
        assertThat(layering.with(entry(Kind.PRODUCT, "a", "2.0.0")).layers())
                .extracting(Entry::name, Entry::version)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "2.0.0"),
                        org.assertj.core.groups.Tuple.tuple("b", "1.0.0"));
    }

    @Test
    void theVersionBeforeIsTheLatestLowerOne() {
        List<Entry> former = List.of(
                entry(Kind.PRODUCT, "a", "1.0.0"),
                entry(Kind.PRODUCT, "a", "1.10.0"),
                entry(Kind.PRODUCT, "a", "1.9.0"));
        assertThat(PackageUpgrade.before(former, "1.10.0")).map(Entry::version).contains("1.0.0");
        assertThat(PackageUpgrade.before(former, "1.0.0")).isEmpty();
    }
}
