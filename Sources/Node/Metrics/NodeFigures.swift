import SwiftASN1
import X509

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a node knows of itself alone, read when somebody scrapes it: its certificates and the disk under its folder.
struct NodeFigures: Sendable {
    /// The node's id as text: by it the node finds itself among the members.
    var node: String
    /// When the certificate ends that clients are shown, in seconds since 1970.
    var clientsCertificateEnds: Double?
    /// When the one ends that peers are shown, in seconds since 1970; it is replaced while the node runs.
    var peersCertificateEnds: Double?
    /// The disk that holds the data folder.
    var disk: Disk?

    /// What a file system has for this process, in bytes.
    struct Disk: Sendable {
        /// What may still be written without special rights.
        var free: Double
        /// All of it.
        var size: Double

        init?(under path: String) {
            var found = statvfs()
            guard statvfs(path, &found) == 0 else { return nil }
            free = Double(found.f_bavail) * Double(found.f_frsize)
            size = Double(found.f_blocks) * Double(found.f_frsize)
        }
    }

    /// Reads them anew each time; the certificate in the folder is the one that clients and peers are shown.
    static func source(of folder: DataFolder, node: String) -> @Sendable () -> NodeFigures {
        {
            let end = certificateEnd(in: folder)
            return NodeFigures(
                node: node, clientsCertificateEnds: end, peersCertificateEnds: end, disk: Disk(under: folder.path))
        }
    }

    private static func certificateEnd(in folder: DataFolder) -> Double? {
        guard let pem = try? PrivateFile.read(folder.certificates + "/node.pem"),
            let certificate = try? Certificate(pemEncoded: String(decoding: pem, as: UTF8.self))
        else { return nil }
        return certificate.notValidAfter.timeIntervalSince1970
    }
}
