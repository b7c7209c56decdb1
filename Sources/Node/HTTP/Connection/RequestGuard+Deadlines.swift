import NIOCore

extension RequestGuard {
    func deadlinePassed(context: ChannelHandlerContext) {
        switch phase {
        case .idle:
            phase = .ended
            gate.finish()
        case .head:
            refuse(.requestTimeout("The head of the request was not complete in time."), context: context)
        case .body(isStream: false):
            refuse(.requestTimeout("The body of the request was not complete in time."), context: context)
        case .body(isStream: true):
            guard awaitsBytes else {
                timer?.set(in: limits.body)
                return
            }
            refuse(.requestTimeout("The stream paused for too long."), context: context)
        case .answering, .ended: break
        }
    }
}
