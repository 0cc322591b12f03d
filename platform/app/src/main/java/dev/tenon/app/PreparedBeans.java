package dev.tenon.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.util.FileSystemUtils;

/**
 * Run by the build: writes down as classes which beans there are, so that a start of the distribution does not have to
 * find it out again. Spring's own Maven goal compiles with the JDK that runs Maven, which may be older than ours.
 */
final class PreparedBeans {

    private PreparedBeans() {}

    /** @param args the folder to fill; the classes are in its folder {@code classes} */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        FileSystemUtils.deleteRecursively(folder);
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        SpringApplicationAotProcessor.main(new String[] {
            TenonApplication.class.getName(),
            sources.toString(),
            folder.resolve("resources").toString(),
            classes.toString(),
            "dev.tenon",
            "tenon-app"
        });
        compile(sources, classes);
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("a JDK is needed, not only a Java runtime");
        }
        List<String> options = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-nowarn"));
        options.addAll(
                List.of("-classpath", System.getProperty("java.class.path") + java.io.File.pathSeparator + classes));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> written = Files.walk(sources)) {
            List<Path> units =
                    written.filter(file -> file.toString().endsWith(".java")).toList();
            boolean good = compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(units))
                    .call();
            if (!good) {
                throw new IllegalStateException("the written beans do not compile");
            }
        }
    }
}
