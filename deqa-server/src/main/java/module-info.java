/** Scores over HTTP. */
module io.github.deqa4j.server {
    requires transitive io.github.deqa4j.core;
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires io.javalin;
    requires jakarta.servlet;
    requires kotlin.stdlib;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.eclipse.jetty.ee10.servlet;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.slf4j;

    exports io.github.deqa4j.server;
}
