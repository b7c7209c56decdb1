import NIOCore

/// Every bound of the network between nodes, and where it comes from. A test may shorten the times.
package struct PeerLimits: Sendable {
    /// A frame's largest payload: the largest messages are an append of up to a megabyte of entries and an image of the
    /// registry; 8 MiB leaves room and takes a gigabit link less than a tenth of a second.
    package static let frameBytes = 8 << 20
    /// Frames that wait for one peer: a second of the busiest node's messages.
    package static let queuedFrames = 16_384
    /// Bytes that wait for one peer: two of the largest frames.
    package static let queuedBytes = 16 << 20
    /// Bytes handed to the connection at once: one write, a few TLS records.
    static let batchBytes = 256 << 10
    /// Beyond this many bytes in the connection the queue fills instead; the same again is let out below half.
    static let writeBufferBytes = 1 << 20

    /// A datagram's largest payload: it fits any path's MTU, tunnels included.
    package static let datagramBytes = 1400
    /// Datagrams that wait to be sent, or for a name to be resolved: a round of gossip to every node of a large cluster.
    package static let queuedDatagrams = 1024
    /// How long an address found for a name counts: containers that move get another within seconds.
    static let addressLifetime = TimeAmount.seconds(10)
    /// Names remembered: more than a cluster has nodes.
    static let rememberedNames = 1024

    /// Connections that have not yet said who they are: what a restart of a whole large cluster opens at once.
    static let unidentifiedConnections = 256
    /// Listening sockets' queue, as the system usually caps it.
    static let backlog: Int32 = 256
    /// Ports tried when the system chooses one: TCP's choice may be taken for UDP.
    static let portAttempts = 16

    /// A newcomer's request.
    package static let joinRequestBytes = 64 << 10
    /// A member's name: for people, in tables and on a console's line.
    static let memberNameBytes = 1...64
    /// The longest name that DNS knows; gossip takes no longer one either.
    static let hostBytes = 1...253
    /// What the ring takes: a member's share against the others', and the name of its zone.
    static let weights = 1...1000
    static let zoneBytes = 64
    /// Names and addresses in a certificate, besides the loopback's: a machine has few.
    static let certificateHosts = 8
    /// Newcomers that are answered at once; each may take a commit of the registry.
    static let joinsAtOnce = 8
    /// Join links of one source a minute: enough for a whole cluster on one machine, few enough that handshakes cost nothing.
    static let joinsPerMinute = 60
    /// Sources of join links that are remembered.
    static let joinSources = 1024

    /// A file's header.
    package static let fileHeaderBytes = 64 << 10
    /// Bytes of a file in one frame.
    static let fileChunkBytes = 256 << 10
    /// The largest file: a thousand times the shard of a usual cluster.
    static let fileBytes: Int64 = 1 << 40
    /// Files on their way out, and files on their way in: a node's disk serves its clients first.
    static let filesAtOnce = 1
    /// Bytes of a file a second: half of what a gigabit link carries, so that the other half is for the work.
    package static let fileBytesPerSecond = 64 << 20

    /// How often a link with nothing to say says so.
    package var ping = TimeAmount.milliseconds(500)
    /// How long a link may be silent before it is given up: four pings. Whoever waits for an answer of a node that stands
    /// still waits that long; its groups have elected another leader by then.
    package var silence = TimeAmount.seconds(2)
    /// From the first packet to the welcome of the other side.
    package var dialing = TimeAmount.seconds(3)
    /// How long an incoming connection has to say who it is, and a newcomer to ask.
    package var introduction = TimeAmount.seconds(10)
    /// How long the answer to a newcomer may take: several elections.
    package var joinAnswer = TimeAmount.seconds(30)
    /// How long a file may make no progress: a large one takes this long to reach the disk at its end.
    package var fileStall = TimeAmount.seconds(60)

    package init() {}
}
