/// The proposals of one stretch of time after another, each put in order by a bucket sort.
///
/// They are spread evenly over a stretch, so with a bucket for each the insertion sort that follows has next to nothing
/// left to do. (A calendar queue, which does the same for one proposal at a time, took two to three times as long.)
struct ProposalBatch {
    /// When the stretch ends: no proposal is at this time or later.
    var end: UInt64 { opening + 1 << stretchBits }
    /// The proposals; in order once ``sort()`` was called.
    private(set) var proposals: [Proposal] = []

    private var opening: UInt64 = 0
    private let stretchBits: UInt64
    private let bucketBits: UInt64
    /// Where the next proposal of each bucket goes, while they are sorted.
    private var places: [Int]
    private var unsorted: [Proposal] = []

    /// The batch of the first stretch; one takes 2^`stretchBits` ticks.
    init(stretchBits: Int) {
        self.stretchBits = UInt64(stretchBits)
        bucketBits = UInt64(stretchBits - Self.bucketCount.trailingZeroBitCount)
        places = Array(repeating: 0, count: Self.bucketCount)
    }

    mutating func append(_ proposal: Proposal) {
        proposals.append(proposal)
    }

    /// Goes on to the next stretch.
    mutating func advance() {
        opening = end
        proposals.removeAll(keepingCapacity: true)
    }

    /// Puts the proposals in order.
    mutating func sort() {
        if proposals.count > Self.fewProposals { distribute() }
        for index in proposals.indices.dropFirst() {
            let proposal = proposals[index]
            var place = index
            while place > 0, proposal < proposals[place - 1] {
                proposals[place] = proposals[place - 1]
                place -= 1
            }
            proposals[place] = proposal
        }
    }

    private mutating func distribute() {
        for bucket in places.indices { places[bucket] = 0 }
        for proposal in proposals { places[bucket(of: proposal)] += 1 }
        var first = 0
        for bucket in places.indices { (places[bucket], first) = (first, first + places[bucket]) }
        unsorted = proposals
        for proposal in unsorted {
            let bucket = bucket(of: proposal)
            proposals[places[bucket]] = proposal
            places[bucket] += 1
        }
    }

    private func bucket(of proposal: Proposal) -> Int {
        Int(truncatingIfNeeded: (proposal.time - opening) >> bucketBits)
    }

    /// Buckets of a stretch, a power of two: about as many as a stretch of 1024 shards has proposals.
    private static let bucketCount = 512
    /// So many are sorted by insertion alone.
    private static let fewProposals = 32
}
