import Membership
import SeededRandom
import Wire

/// Members that talk to each other in bytes only: what one sends is encoded, sealed, opened and decoded before another
/// gets it. Virtual time; every delivery takes a millisecond, so the network is a queue.
struct SealedCluster {
    private struct Arrival {
        let time: Duration
        let target: Int
        let bytes: [UInt8]
        let isDatagram: Bool
    }

    private(set) var members: [Membership]
    private var seals: [DatagramSeal]
    private var isRunning: [Bool]
    private var boots: [UInt64]
    private var places: [PeerAddress: Int] = [:]
    private var arrivals: [Arrival] = []
    private var head = 0
    private var random: Chance
    private(set) var now: Duration = .zero
    private(set) var traffic = EncodedTraffic()
    /// Of a hundred datagrams so many are lost.
    var loss = 0

    init(count: Int, seed: UInt64) throws {
        random = Chance(seed: seed)
        let records = try (0..<count).map { index in
            try MemberRecord(
                id: MemberID(rawValue: UInt128(index + 1)),
                address: PeerAddress(host: "10.0.0.\(index + 1)", port: 7400))
        }
        for (index, record) in records.enumerated() { places[record.address] = index }
        boots = Array(repeating: 1, count: count)
        isRunning = Array(repeating: true, count: count)
        members = []
        seals = []
        for record in records {
            members.append(
                Membership(own: record, known: records.filter { $0 != record }, seed: random.next(), now: now))
            seals.append(try SealTests.seal(record.id.rawValue))
        }
    }

    mutating func run(for span: Duration) throws {
        let end = now + span
        while true {
            let sleeper = members.indices.filter { isRunning[$0] }
                .min { members[$0].nextDeadline < members[$1].nextDeadline }
            guard let sleeper else { return }
            let due = max(members[sleeper].nextDeadline, now)
            if head < arrivals.count, arrivals[head].time <= min(due, end) {
                let arrival = arrivals[head]
                head += 1
                now = arrival.time
                if isRunning[arrival.target] { try receive(arrival) }
            } else if due <= end {
                now = due
                try carryOut(members[sleeper].tick(now: now), of: sleeper)
            } else {
                break
            }
            if head > 10_000 {
                arrivals.removeFirst(head)
                head = 0
            }
        }
        now = end
    }

    mutating func crash(_ index: Int) { isRunning[index] = false }

    /// The same identity without any memory, under the next boot number.
    mutating func restart(_ index: Int) throws {
        let own = members[index].own
        boots[index] += 1
        members[index] = Membership(
            own: try MemberRecord(id: own.id, address: own.address), seed: random.next(), now: now)
        seals[index] = try SealTests.seal(own.id.rawValue, boot: boots[index])
        isRunning[index] = true
        let seed = members[(index + 1) % members.count].own.address
        try carryOut(members[index].join(through: [seed], now: now), of: index)
    }

    mutating func update(_ index: Int, application: [UInt8]) throws {
        try carryOut(members[index].update(application: application, now: now), of: index)
    }

    private mutating func receive(_ arrival: Arrival) throws {
        let target = arrival.target
        guard arrival.isDatagram else {
            try carryOut(members[target].receive(PushPull(bytes: arrival.bytes), now: now), of: target)
            return
        }
        let (sender, plain) = try seals[target].open(arrival.bytes)
        let datagram = try Datagram(bytes: plain, sealedBy: sender)
        let source = members[Int(sender) - 1].own.address
        try carryOut(members[target].receive(datagram, from: source, now: now), of: target)
    }

    private mutating func carryOut(_ effects: [Membership.Effect], of index: Int) throws {
        for effect in effects {
            switch effect {
            case .send(let datagram, let address):
                let plain = datagram.bytes()
                let sealed = try seals[index].seal(plain)
                traffic.count(datagram, plain: plain.count, sealed: sealed.count)
                if !random.chance(loss, in: 100) { send(sealed, to: address, isDatagram: true) }
            case .pushPull(let message, let address): send(message.bytes(), to: address, isDatagram: false)
            case .event: break
            }
        }
    }

    private mutating func send(_ bytes: [UInt8], to address: PeerAddress, isDatagram: Bool) {
        guard let target = places[address] else { return }
        arrivals.append(
            Arrival(time: now + .milliseconds(1), target: target, bytes: bytes, isDatagram: isDatagram))
    }
}

/// Datagrams in bytes, beside what the model gives them.
struct EncodedTraffic {
    private(set) var datagrams = 0
    private(set) var plainBytes = 0
    private(set) var modelBytes = 0
    private(set) var sealedBytes = 0
    private(set) var longest = 0
    private(set) var longestModel = 0
    /// Datagrams that were longer than their model.
    private(set) var excesses = 0
    private(set) var rumors = 0

    mutating func count(_ datagram: Datagram, plain: Int, sealed: Int) {
        let model = datagram.encodedSize
        datagrams += 1
        plainBytes += plain
        modelBytes += model
        sealedBytes += sealed
        longest = max(longest, sealed)
        longestModel = max(longestModel, model)
        rumors += datagram.rumors.count
        if plain > model { excesses += 1 }
    }
}
