import Consensus

/// Voters, outgoing voters, learners, next learners: each list after its length of one byte, in ascending order.
extension Configuration: BinaryCodable {
    package var encodedByteCount: Int {
        4 + 8 * (voters.count + outgoing.count + learners.count + nextLearners.count)
    }

    package func encode(into output: inout OutputRawSpan) {
        for list in [voters, outgoing, learners, nextLearners] {
            output.put(UInt8(list.count))
            for id in list { output.put(id.rawValue) }
        }
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let voters = try Self.replicas(&input)
        let outgoing = try Self.replicas(&input)
        let learners = try Self.replicas(&input)
        let nextLearners = try Self.replicas(&input)
        self.init(voters: voters, outgoing: outgoing, learners: learners, nextLearners: nextLearners)
    }

    private static func replicas(_ input: inout RawSpan) throws(FormatError) -> [ReplicaID] {
        let count = Int(try input.take(UInt8.self))
        guard count <= Limits.replicas else { throw .replicaCount(count) }
        var ids: [ReplicaID] = []
        for _ in 0..<count {
            let id = ReplicaID(try input.take(UInt64.self))
            if let last = ids.last, last >= id { throw .replicaOrder }
            ids.append(id)
        }
        return ids
    }
}

/// Where it ends, and the configuration there.
extension Snapshot: BinaryCodable {
    package var encodedByteCount: Int { LogMark.byteCount + configuration.encodedByteCount }

    package func encode(into output: inout OutputRawSpan) {
        mark.encode(into: &output)
        configuration.encode(into: &output)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let mark = try LogMark(decoding: &input)
        self.init(mark: mark, configuration: try Configuration(decoding: &input))
    }
}
