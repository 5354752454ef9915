export { Deliveries, type Delivery, type DeliveryState } from './deliveries.js';
export { DestinationRefused } from './destination.js';
export { prepareWebhooks } from './schema.js';
export { Subscriptions, type Subscription } from './subscriptions.js';
export { WebhooksModule } from './webhooks.module.js';
