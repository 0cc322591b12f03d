package dev.tenon.metadata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentFilesTest {

    private final RecentFiles files = new RecentFiles();

    private static RecentFiles.Key key(String path, String text) {
        return new RecentFiles.Key("shop", path, "object.schema.json", text);
    }

    @Test
    void anotherTextOfTheSameFileIsAnotherFile() {
        Node first = Node.of("a");
        files.keep(key("objects/A.yaml", "label: A"), first);
        assertThat(files.find(key("objects/A.yaml", "label: A"))).containsSame(first);
        assertThat(files.find(key("objects/A.yaml", "label: B"))).isEmpty();
        assertThat(files.find(key("objects/B.yaml", "label: A"))).isEmpty();
    }

    @Test
    void theOnesThatWereNotAskedForForLongestGoFirst() {
        String large = "x".repeat(400_000);
        files.keep(key("a", large), Node.EMPTY_MAP);
        files.keep(key("b", large), Node.EMPTY_MAP);
        assertThat(files.find(key("a", large))).isPresent();
        files.keep(key("c", large), Node.EMPTY_MAP);
        assertThat(files.find(key("b", large))).isEmpty();
        assertThat(files.find(key("a", large))).isPresent();
        assertThat(files.find(key("c", large))).isPresent();
    }

    @Test
    void whatIsLargerThanAllRoomIsNotKept() {
        files.keep(key("a", "x".repeat(2_000_000)), Node.EMPTY_MAP);
        files.keep(key("b", "y"), Node.EMPTY_MAP);
        assertThat(files.find(key("b", "y"))).isPresent();
        assertThat(files.find(key("a", "x".repeat(2_000_000)))).isEmpty();
    }
}
