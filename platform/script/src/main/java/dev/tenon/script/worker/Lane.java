package dev.tenon.script.worker;

import dev.tenon.script.wire.FrameChannel;
import dev.tenon.script.wire.Wire;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves one connection: one call after the other, on its own thread. */
final class Lane implements Runnable {

    private static final ModuleCache MODULES = new ModuleCache();

    private final FrameChannel server;
    private final Sandbox sandbox;

    Lane(FrameChannel server, Sandbox sandbox) {
        this.server = server;
        this.sandbox = sandbox;
    }

    @Override
    public void run() {
        try (server) {
            while (true) {
                serve(server.read());
            }
        } catch (IOException gone) {
            // The server closed the lane, or the process is about to end.
        }
    }

    private void serve(JsonNode call) throws IOException {
        String hash = call.get("modules").asString();
        ModuleFiles files = MODULES.find(hash);
        if (files == null) {
            server.write(frame("need"));
            Map<String, String> sources = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> file : server.read().get("files").properties()) {
                sources.put(file.getKey(), file.getValue().asString());
            }
            files = new ModuleFiles(sources);
            MODULES.add(hash, files);
        }
        server.write(new Call(call, files, sandbox, new Asking()).run());
    }

    static ObjectNode frame(String op) {
        return Wire.JSON.createObjectNode().put("op", op);
    }

    /** The way from a running script to the server. */
    private final class Asking implements Call.Server {
        @Override
        public JsonNode ask(String name, String payload) throws IOException {
            server.write(frame("ask").put("name", name).put("payload", payload));
            return server.read();
        }

        @Override
        public void tellStuck(Execution.Reason reason) {
            try {
                server.write(frame("stuck").put("kind", reason.kind()));
            } catch (IOException gone) {
                Runtime.getRuntime().halt(0);
            }
        }
    }
}
