package dev.tenon.script.worker;

import dev.tenon.script.wire.Wire;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns what ended a script into a frame with kind, message, file, line and column. */
final class Failures {

    private static final int MAX_MESSAGE = 2000;

    private static final Pattern IMPORT = Pattern.compile("module '([^']*)' imported from /([^:\\s]+)");
    private static final Pattern QUOTED = Pattern.compile("(['\"])([^'\"\\n]+)\\1");

    private Failures() {}

    /** Asks the prelude, inside the sandbox, what a thrown value is; null when that cannot be done. */
    interface Describer {
        @Nullable
        String describe(Value error);
    }

    static ObjectNode told(PolyglotException failure, Describer describer, String file) {
        ObjectNode frame = Lane.frame("failed").put("file", file).put("message", "");
        if (failure.isResourceExhausted() || failure.isCancelled()) {
            String text = String.valueOf(failure.getMessage());
            return frame.put("kind", text.contains("frame limit") ? "too-deep" : "timeout")
                    .put("message", cut(text));
        }
        if (failure.isInternalError()) {
            return frame.put("kind", "engine").put("message", cut(String.valueOf(failure.getMessage())));
        }
        Set<String> constructors = new HashSet<>();
        String message = String.valueOf(failure.getMessage());
        String kind = failure.isSyntaxError() ? "syntax-error" : "failed";
        if (!failure.isSyntaxError() && failure.isGuestException()) {
            JsonNode described = describe(failure, describer);
            if (described != null) {
                message = described.path("message").asString(message);
                for (JsonNode type : described.path("types")) {
                    constructors.add(type.asString());
                }
                switch (described.path("kind").asString("")) {
                    case "user" -> {
                        kind = "user-error";
                        if (described.path("field").isString()) {
                            frame.put("field", described.get("field").asString());
                        }
                    }
                    case "record" -> {
                        kind = "record-error";
                        frame.put("ticket", described.path("ticket").asInt(-1));
                    }
                    default -> kind = "failed";
                }
            }
        }
        frame.put("kind", kind).put("message", cut(strip(message)));
        SourceSection place = place(failure, constructors);
        if (place != null) {
            locate(frame, place);
        }
        return frame;
    }

    /** The engine does not tell where the import of a missing file stands, only in which file: the text is searched. */
    static ObjectNode locateImport(ObjectNode frame, ModuleFiles files) {
        Matcher imported = IMPORT.matcher(frame.path("message").asString(""));
        if (frame.path("line").asInt(0) > 0 || !imported.find() || !files.contains(imported.group(2))) {
            return frame;
        }
        String file = imported.group(2);
        String wanted = imported.group(1).substring(imported.group(1).lastIndexOf('/') + 1);
        Matcher quoted = QUOTED.matcher(files.source(file));
        while (quoted.find()) {
            String specifier = quoted.group(2);
            if (specifier.substring(specifier.lastIndexOf('/') + 1).equals(wanted)) {
                String before = files.source(file).substring(0, quoted.start());
                int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
                return frame.put("file", file)
                        .put("line", line)
                        .put("column", quoted.start() - before.lastIndexOf('\n'))
                        .put(
                                "message",
                                "cannot import \"" + specifier
                                        + "\": scripts import existing files of their own package");
            }
        }
        return frame.put("file", file);
    }

    static void locate(ObjectNode frame, SourceSection place) {
        String path = pathOf(place);
        if (path != null) {
            frame.put("file", path).put("line", place.getStartLine()).put("column", place.getStartColumn());
        }
    }

    private static @Nullable JsonNode describe(PolyglotException failure, Describer describer) {
        Value error = failure.getGuestObject();
        if (error == null) {
            return null;
        }
        try {
            String text = describer.describe(error);
            return text == null ? null : Wire.JSON.readTree(text);
        } catch (PolyglotException hostile) {
            // Its message or name is a getter that throws: the engine's own text must do.
            return null;
        }
    }

    /** The first place in the customer's files, passing over the constructors of the thrown error. */
    private static @Nullable SourceSection place(PolyglotException failure, Set<String> constructors) {
        if (failure.isSyntaxError()
                && failure.getSourceLocation() != null
                && pathOf(failure.getSourceLocation()) != null) {
            return failure.getSourceLocation();
        }
        SourceSection passedOver = null;
        for (PolyglotException.StackFrame frame : failure.getPolyglotStackTrace()) {
            SourceSection section = frame.isGuestFrame() ? frame.getSourceLocation() : null;
            if (section == null || pathOf(section) == null) {
                continue;
            }
            if (constructors.contains(frame.getRootName())) {
                passedOver = passedOver == null ? section : passedOver;
                continue;
            }
            return section;
        }
        SourceSection own = failure.getSourceLocation();
        return passedOver != null ? passedOver : own != null && pathOf(own) != null ? own : null;
    }

    /** Path inside the origin, null for the prelude and the engine's own sources. */
    private static @Nullable String pathOf(SourceSection section) {
        String path = section.getSource().getPath();
        if (path == null || !section.isAvailable()) {
            return null;
        }
        return Path.of("/").relativize(Path.of("/").resolve(path).normalize()).toString();
    }

    /** The engine puts file and line before a syntax error's text; they are told separately. */
    private static String strip(String message) {
        String text = message.startsWith("SyntaxError: ") ? message.substring("SyntaxError: ".length()) : message;
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        return first.replaceFirst("^\\S+:\\d+:\\d+ ", "").strip();
    }

    private static String cut(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    }
}
