package dev.tenon.script.worker;

import dev.tenon.script.wire.FrameChannel;
import dev.tenon.script.wire.Wire;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The main class of a worker process: warms up, listens on a Unix-domain socket whose path is its only argument, and
 * serves each connection (a lane) with one thread. Ends when its standard input does, that is when the server is gone.
 */
public final class WorkerMain {

    /** Guest frames are bounded by count; the stack must hold that many of the largest. */
    private static final long STACK_BYTES = 64L * 1024 * 1024;

    private WorkerMain() {}

    public static void main(String[] args) throws Exception {
        PrintStream console = System.out;
        Thread.ofPlatform().daemon().name("parent").start(WorkerMain::endWithParent);
        Sandbox sandbox = new Sandbox();
        Thread warmUp = new Thread(null, () -> WarmUp.run(sandbox), "warm-up", STACK_BYTES);
        warmUp.start();
        warmUp.join();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(args[0])));
            console.println(Wire.READY);
            console.flush();
            int lanes = 0;
            while (true) {
                SocketChannel socket = server.accept();
                Lane lane = new Lane(new FrameChannel(socket, Wire.MAX_FRAME), sandbox);
                Thread thread = new Thread(null, lane, "lane-" + ++lanes, STACK_BYTES);
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The server never writes; only the end of the stream says something.
            }
        } catch (IOException gone) {
            // As good as the end of the stream.
        }
        Runtime.getRuntime().halt(0);
    }
}
