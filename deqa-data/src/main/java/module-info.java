/** Labels, data sets, metrics and reports. Its packages serve the modules named and may change in any version. */
module io.github.deqa4j.data {
    requires transitive io.github.deqa4j.core;
    requires static org.jspecify;
    requires java.xml;
    requires com.fasterxml.jackson.databind;
    requires hipparchus.core;
    requires hipparchus.stat;
    requires org.apache.commons.csv;
    requires org.apache.commons.numbers.gamma;
    requires org.dhatim.fastexcel.reader;
    requires org.knowm.xchart;
    requires us.hebi.matlab.mat.mfl.core;

    exports io.github.deqa4j.dataset to
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.importer to
            io.github.deqa4j.cli;
    exports io.github.deqa4j.label to
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.metric to
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
    exports io.github.deqa4j.report to
            io.github.deqa4j.train,
            io.github.deqa4j.cli;
}
