import Foundation

/// The data of nodes that are no members any more, as long as there is room: whatever a run finds, a node that was replaced may show
/// why.
struct RemovedData {
    /// What a node's data folder is called from then on.
    static let name = "data.removed"

    private var kept: [(folder: String, bytes: Int)] = []

    /// - Returns: whose data went for it.
    mutating func keep(_ node: Node) -> [String] {
        let folder = "\(node.folder)/\(Self.name)"
        do {
            try FileManager.default.moveItem(atPath: node.data, toPath: folder)
        } catch {
            // A file system of its own, as a disk that was full has: it ends with the run.
            return []
        }
        kept.append((folder, Self.size(of: folder)))
        var gone: [String] = []
        while kept.count > 1, kept.reduce(0, { $0 + $1.bytes }) > Limits.removedDataBytes {
            let oldest = kept.removeFirst()
            try? FileManager.default.removeItem(atPath: oldest.folder)
            gone.append(oldest.folder)
        }
        return gone
    }

    private static func size(of folder: String) -> Int {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }
}
