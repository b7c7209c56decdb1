/// One node's proposals: every shard once, in an order of the node's own, one in each interval.
///
/// Where in its interval a proposal falls, its phase, goes by the golden ratio's multiples modulo one, which spread evenly.
/// One phase for all of a node's proposals would put the whole node early or late, and its load by half a replica up or down.
///
/// The order is a uniform permutation, drawn one step at a time (Fisher and Yates), and depends on the node's identity
/// and the number of shards alone.
struct Proposer {
    /// Ticks, as a power of two, in which a node proposes itself to as many shards as its pace says.
    static let unitBits = 40

    private let node: Int
    private let zone: Int
    private var mixer: Mixer
    private var order: [UInt16]
    private var position = 0
    private let interval: UInt64
    /// When the interval of the next proposal begins, and which part of it, in units of 2^-64, passes before the proposal.
    private var opening: UInt64 = 0
    private var phase: UInt64

    /// The proposals of a node.
    ///
    /// - Parameters:
    ///   - id: the node's identity, from which its order is drawn.
    ///   - node, zone: its number and that of its zone.
    ///   - pace: proposals in a unit of time; above zero. It is made by IEEE additions, multiplications and divisions
    ///     only, which give the same bits on every machine.
    ///   - shards: every shard, in any order that is the same for all.
    init(id: NodeID, node: Int, zone: Int, pace: Double, shards: [UInt16]) {
        self.node = node
        self.zone = zone
        mixer = Mixer(node: id)
        order = shards
        interval = UInt64(Double(UInt64(1) << UInt64(Self.unitBits)) / pace)
        phase = mixer.next()
    }

    /// Makes the proposals that are due before `end`; those that are known to be refused are passed over.
    mutating func propose(before end: UInt64, to batch: inout ProposalBatch, passing closed: ClosedShards) {
        while position < order.count {
            let time = opening + interval.multipliedFullWidth(by: phase).high
            guard time < end else { return }
            // What stands before the position is never looked at again, so the shard drawn is not put there.
            let drawn = position + mixer.next(below: order.count - position)
            let shard = Int(order[drawn])
            order[drawn] = order[position]
            position += 1
            opening += interval
            phase &+= Mixer.gamma
            if !closed.refuses(zone, at: shard) { batch.append(Proposal(time: time, node: node, shard: shard)) }
        }
    }
}
