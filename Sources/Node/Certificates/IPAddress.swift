import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Addresses as the bytes that a certificate holds.
enum IPAddress {
    /// 4 bytes for IPv4, 16 for IPv6, `nil` for a name.
    static func bytes(of host: String) -> [UInt8]? {
        switch try? SocketAddress(ipAddress: host, port: 0) {
        case .v4(let address): withUnsafeBytes(of: address.address.sin_addr.s_addr) { Array($0) }
        case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
        default: nil
        }
    }
}
