package dev.tenon.metadata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallMapTest {

    private static Map<String, Integer> of(int size) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = size; i > 0; i--) {
            map.put("key" + i, i);
        }
        return map;
    }

    @Test
    void isTheMapItWasMadeOf() {
        for (int size : new int[] {0, 1, 2, 12, 13, 40}) {
            Map<String, Integer> map = of(size);
            Map<String, Integer> small = SmallMap.copyOf(map);
            assertThat(small).isEqualTo(map).hasSameHashCodeAs(map).hasSize(size);
            assertThat(map).isEqualTo(small);
            assertThat(small.keySet()).containsExactlyElementsOf(map.keySet()).isEqualTo(map.keySet());
            assertThat(small.entrySet()).containsExactlyElementsOf(map.entrySet());
            assertThat(small.values()).containsExactlyElementsOf(map.values());
            map.forEach((key, value) -> assertThat(small.get(key)).isEqualTo(value));
            assertThat(small.get("other")).isNull();
            assertThat(small.containsKey("key1")).isEqualTo(size > 0);
            assertThat(SmallMap.copyOf(small)).isEqualTo(small);
        }
    }

    @Test
    void orderDoesNotMatterToEquality() {
        Map<String, Integer> turned = new LinkedHashMap<>(Map.of("key1", 1));
        turned.put("key2", 2);
        assertThat(SmallMap.copyOf(turned)).isEqualTo(SmallMap.copyOf(of(2)));
        turned.put("key2", 3);
        assertThat(SmallMap.copyOf(turned)).isNotEqualTo(SmallMap.copyOf(of(2)));
    }

    @Test
    void staysWhatItIs() {
        Map<String, Integer> map = new HashMap<>(of(2));
        Map<String, Integer> small = SmallMap.copyOf(map);
        map.put("key3", 3);
        assertThat(small).hasSize(2);
        assertThatThrownBy(() -> small.put("key3", 3)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> small.remove("key1")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(small::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
