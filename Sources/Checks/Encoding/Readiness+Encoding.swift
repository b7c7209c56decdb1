import FoundationEssentials
import SwiftProtobuf
import Wire

extension [ShardSummary.Readiness] {
    /// What a shard can grant, on its way to the nodes that ask shards.
    package func encoded() -> [UInt8] { WireReadiness.with { $0.rows = packed }.encodedBytes() }

    /// Reads what ``encoded()`` made, or any other bytes.
    package init(encoded bytes: [UInt8]) throws(CommandDecodingError) {
        self = try Self(packed: try WireReadiness(encodedBytes: bytes).rows)
    }
}

/// Service, lane, buckets.
extension ShardSummary.Readiness: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.text(service.text)
        writer.byte(lane.code)
        writer.count(buckets)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(service: try reader.service(), lane: try reader.code(), buckets: try reader.tally())
    }
}
