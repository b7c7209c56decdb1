import NIOCore

/// A volunteer on one connection that checks nothing: it leases, reports every user at once, and leases again.
///
/// A handler that lives on its event loop, so that a cycle costs two system calls and no thread ever waits.
final class Volunteer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What a volunteer is to do.
    struct Order: Sendable {
        let client: String
        let token: String
        let host: String
        let begin: NIODeadline
        /// It ends once it has reported so many users, or at this time, or when there is nothing left.
        let users: Int
        let end: NIODeadline
        /// From one lease to the next, when the load is to be steady; nil: as fast as it goes.
        let period: TimeAmount?
    }

    /// What it has done.
    struct Tally: Sendable {
        var users = 0
        var leaseLatencies = Latencies()
        var reportLatencies = Latencies()
        var refusals: [Int: Int] = [:]
        var ended = NIODeadline.now()
        var foundNothing = false
    }

    enum Failure: Error, CustomStringConvertible {
        case refused(String, HTTPResponse)
        case closed

        var description: String {
            switch self {
            case .refused(let call, let response):
                "\(call) was answered \(response.status): \(response.text.prefix(300))"
            case .closed: "the node closed a volunteer's connection"
            }
        }
    }

    private enum State {
        case resting
        case leasing(scheduled: NIODeadline)
        case reporting(sent: NIODeadline, users: Int)
        case ended
    }

    private let order: Order
    private let done: EventLoopPromise<Tally>
    private let leaseHead: ByteBuffer
    private let reportHead: String
    private var parser = ResponseParser()
    private var state = State.resting
    private var tally = Tally()
    private var emptyAnswers = 0
    private var cycle = 0

    init(_ order: Order, done: EventLoopPromise<Tally>) {
        self.order = order
        self.done = done
        let common = "Host: \(order.host)\r\nAuthorization: Bearer \(order.token)\r\nContent-Type: application/json\r\n"
        leaseHead = ByteBuffer(string: "POST /v1/leases HTTP/1.1\r\n\(common)Content-Length: 2\r\nIdempotency-Key: ")
        reportHead = "/results HTTP/1.1\r\n\(common)Content-Length: "
    }

    func channelActive(context: ChannelHandlerContext) {
        schedule(at: order.begin, context: context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        do {
            try parser.append(&bytes)
            while let response = try parser.next() { try advance(with: response, context: context) }
        } catch {
            errorCaught(context: context, error: error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        errorCaught(context: context, error: Failure.closed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .ended = state { return }
        state = .ended
        done.fail(error)
        context.close(promise: nil)
    }

    private func advance(with response: HTTPResponse, context: ChannelHandlerContext) throws {
        let now = NIODeadline.now()
        switch state {
        case .leasing(let scheduled):
            if response.status == 200,
                let report = LeaseScan.report(for: response.body, allocator: context.channel.allocator)
            {
                tally.leaseLatencies.record((now - scheduled).nanoseconds)
                emptyAnswers = 0
                send(report, context: context)
            } else {
                try leaseAgain(after: response, scheduled: scheduled, now: now, context: context)
            }
        case .reporting(let sent, let users):
            guard response.status == 200 else { throw Failure.refused("a report", response) }
            tally.reportLatencies.record((now - sent).nanoseconds)
            tally.users += users
            cycle += 1
            if tally.users >= order.users || now >= order.end {
                finish(context: context)
            } else if let period = order.period {
                schedule(at: scheduledLease(period), context: context)
            } else {
                sendLease(scheduled: now, context: context)
            }
        case .resting, .ended:
            break
        }
    }

    /// Nothing granted, or not now: once more a little later, but not for ever.
    private func leaseAgain(
        after response: HTTPResponse, scheduled: NIODeadline, now: NIODeadline, context: ChannelHandlerContext
    )
        throws
    {
        tally.refusals[response.status, default: 0] += 1
        guard [200, 429, 503].contains(response.status) else { throw Failure.refused("a lease", response) }
        emptyAnswers += 1
        if emptyAnswers >= Limits.emptyAnswers || now >= order.end {
            tally.foundNothing = true
            finish(context: context)
        } else {
            schedule(at: now + .milliseconds(5), context: context)
        }
    }

    /// The time at which the next lease is due, whenever the last one was answered: what is late counts as waiting.
    private func scheduledLease(_ period: TimeAmount) -> NIODeadline {
        order.begin + .nanoseconds(period.nanoseconds * Int64(cycle))
    }

    private func schedule(at time: NIODeadline, context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(deadline: time) {
            let (volunteer, context) = bound.value
            volunteer.sendLease(scheduled: time, context: context)
        }
    }

    private func sendLease(scheduled: NIODeadline, context: ChannelHandlerContext) {
        if case .ended = state { return }
        state = .leasing(scheduled: scheduled)
        var request = leaseHead
        request.writeString("\(order.client)-\(order.begin.uptimeNanoseconds)-\(cycle)-\(emptyAnswers)\r\n\r\n{}")
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    private func send(_ report: LeaseScan.Report, context: ChannelHandlerContext) {
        state = .reporting(sent: .now(), users: report.users)
        var request = context.channel.allocator.buffer(capacity: report.body.readableBytes + 512)
        request.writeString("POST /v1/leases/\(report.lease)\(reportHead)\(report.body.readableBytes)\r\n\r\n")
        var body = report.body
        request.writeBuffer(&body)
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    private func finish(context: ChannelHandlerContext) {
        state = .ended
        tally.ended = .now()
        done.succeed(tally)
        context.close(promise: nil)
    }
}
