package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs with clients that others wrote, from npm: see the folder {@code clients}. */
class NodeClientsTest {

    private static final Http ASSEMBLER = Plant.someone("nc-assembler", "plant__assembler");

    private static String node(String script, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", script, ASSEMBLER.address(), ASSEMBLER.token()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .directory(Path.of("clients").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void anODataClientReadsAndChangesRecords() throws Exception {
        assertThat(node("odata-client.mjs")).contains("done");
    }

    @Test
    void theOpenApiDocumentIsValidAndAGeneratedClientCompilesAndWorks(@TempDir Path folder) throws Exception {
        assertThat(node("openapi.mjs", folder.resolve("client").toString())).contains("done");
    }
}
