package io.github.deqa4j.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a server and its libraries log, on standard error: lines of text, or one JSON object a line. */
final class ServerLog extends Formatter {
    static {
        // Before the first logger, with which the manager is made.
        System.setProperty("java.util.logging.manager", LastingManager.class.getName());
    }

    /** Its messages are lines of the format that was asked for. */
    private static final String REQUESTS = "io.github.deqa4j.server.requests";

    /** Kept, because the JDK forgets the level of a logger that nobody keeps. */
    private static final Logger REQUEST_LOGGER = Logger.getLogger(REQUESTS);

    private static final Logger NOTICES = Logger.getLogger("io.github.deqa4j.cli");

    private static final JsonMapper MAPPER = new JsonMapper();

    private final boolean json;

    ServerLog(boolean json) {
        this.json = json;
    }

    /** The JDK's own manager drops all handlers as soon as a shutdown begins, while requests are still answered. */
    public static final class LastingManager extends LogManager {
        @Override
        public void reset() {}
    }

    /** Makes the log of this process what {@code json} says. */
    static void start(boolean json) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        console.setFormatter(new ServerLog(json));
        root.addHandler(console);
        root.setLevel(Level.WARNING);
        REQUEST_LOGGER.setLevel(Level.INFO);
    }

    /** Logs what the command itself has to say. */
    static void notice(String line) {
        NOTICES.warning(line);
    }

    @Override
    public String format(LogRecord entry) {
        if (REQUESTS.equals(entry.getLoggerName())) {
            return entry.getMessage() + "\n";
        }
        return (json ? json(entry) : text(entry)) + "\n";
    }

    private String json(LogRecord entry) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("time", time(entry));
        line.put("level", entry.getLevel().getName());
        line.put("logger", entry.getLoggerName());
        line.put("message", formatMessage(entry));
        if (entry.getThrown() != null) {
            line.put("error", stack(entry.getThrown()));
        }
        return line.toString();
    }

    private String text(LogRecord entry) {
        String line = time(entry) + " " + entry.getLevel().getName() + " " + Printable.line(formatMessage(entry));
        return entry.getThrown() == null
                ? line
                : line + "\n" + stack(entry.getThrown()).stripTrailing();
    }

    private static String time(LogRecord entry) {
        return entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String stack(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
