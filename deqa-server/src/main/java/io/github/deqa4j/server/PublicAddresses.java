package io.github.deqa4j.server;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses belong to the public Internet, after IANA's registries of special-purpose addresses for
 * <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a> and
 * <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>.
 */
final class PublicAddresses {
    private static final int IPV4_BYTES = 4;

    private static final List<Block> NOT_PUBLIC_IPV4 = blocks(
            "0.0.0.0/8", // this network; 0.0.0.0 reaches the machine itself
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by a provider's customers (CGNAT); some clouds have services there
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local; clouds answer with credentials at 169.254.169.254
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks of networks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /**
     * The only part of IPv6 that is in public use. Loopback, unspecified, link-local, unique-local, multicast and mapped IPv4 addresses
     * and NAT64 ({@code 64:ff9b::/96}) lie outside it.
     */
    private static final Block PUBLIC_IPV6 = Block.of("2000::/3");

    private static final List<Block> NOT_PUBLIC_IPV6 = blocks(
            "2001::/23", // protocol assignments; Teredo, which contains an IPv4 address
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which contains an IPv4 address
            "3fff::/20"); // documentation

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == IPV4_BYTES) {
            return NOT_PUBLIC_IPV4.stream().noneMatch(block -> block.contains(bytes));
        }
        return PUBLIC_IPV6.contains(bytes) && NOT_PUBLIC_IPV6.stream().noneMatch(block -> block.contains(bytes));
    }

    private static List<Block> blocks(String... blocks) {
        return List.of(blocks).stream().map(Block::of).toList();
    }

    /**
     * Addresses that begin with the same bits.
     *
     * @param prefix these bits as a number
     * @param rest how many bits follow them in an address
     */
    private record Block(BigInteger prefix, int rest) {
        static Block of(String text) {
            int slash = text.indexOf('/');
            byte[] start = bytes(text.substring(0, slash));
            int rest = start.length * Byte.SIZE - Integer.parseInt(text.substring(slash + 1));
            return new Block(new BigInteger(1, start).shiftRight(rest), rest);
        }

        boolean contains(byte[] address) {
            return new BigInteger(1, address).shiftRight(rest).equals(prefix);
        }

        private static byte[] bytes(String literal) {
            try {
                return InetAddress.getByName(literal).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(literal, e);
            }
        }
    }
}
