import Consensus
import HashRing

extension NodeReport {
    func encode(into writer: inout FrameWriter) {
        writer.put(Int64(clockOffsetMilliseconds))
        writer.put(UInt32(replicas.count))
        for replica in replicas { replica.encode(into: &writer) }
    }

    init(_ reader: inout FrameReader) throws(FrameError) {
        clockOffsetMilliseconds = Int(try reader.take(Int64.self))
        replicas = []
        for _ in 0..<(try reader.takeCount(of: 28)) { replicas.append(try Replica(&reader)) }
    }
}

extension NodeReport.Replica {
    fileprivate func encode(into writer: inout FrameWriter) {
        writer.put(group.number)
        writer.put(id.rawValue)
        writer.put(term)
        writer.put(applied)
        writer.put(digest != nil)
        if let digest {
            writer.put(digest.index)
            writer.putCounted(digest.bytes)
        }
        writer.put(office != nil)
        office?.encode(into: &writer)
    }

    fileprivate init(_ reader: inout FrameReader) throws(FrameError) {
        guard let group = GroupKey(number: UInt32(try reader.take(UInt16.self))) else {
            throw FrameError(what: "a group")
        }
        self.group = group
        id = ReplicaID(try reader.take(UInt64.self))
        term = try reader.take(UInt64.self)
        applied = try reader.take(UInt64.self)
        if try reader.takeFlag() {
            let index = try reader.take(UInt64.self)
            digest = NodeReport.Digest(index: index, bytes: try reader.takeCounted())
        }
        if try reader.takeFlag() { office = try NodeReport.Office(&reader) }
    }
}

extension NodeReport.Office {
    fileprivate func encode(into writer: inout FrameWriter) {
        let lists = [
            configuration.voters, configuration.outgoing, configuration.learners, configuration.nextLearners,
        ]
        for list in lists {
            writer.put(UInt32(list.count))
            for replica in list { writer.put(replica.rawValue) }
        }
        writer.put(UInt32(catchingUp.count))
        for learner in catchingUp {
            writer.put(learner.replica.rawValue)
            writer.put(learner.match)
        }
        writer.put(lastIndex)
    }

    fileprivate init(_ reader: inout FrameReader) throws(FrameError) {
        var lists: [[ReplicaID]] = []
        for _ in 0..<4 {
            var list: [ReplicaID] = []
            for _ in 0..<(try reader.takeCount(of: 8)) { list.append(ReplicaID(try reader.take(UInt64.self))) }
            lists.append(list)
        }
        configuration = Configuration(
            voters: lists[0], outgoing: lists[1], learners: lists[2], nextLearners: lists[3])
        catchingUp = []
        for _ in 0..<(try reader.takeCount(of: 16)) {
            let replica = ReplicaID(try reader.take(UInt64.self))
            catchingUp.append((replica, try reader.take(UInt64.self)))
        }
        lastIndex = try reader.take(UInt64.self)
    }
}
