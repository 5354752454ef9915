export { Deliveries, type Delivery, type DeliveryState } from './deliveries.js';
export { DestinationRefused, get } from './destination.js';
export { prepareWebhooks } from './schema.js';
export { SEALED_WEBHOOK_SECRETS, Subscriptions, type Subscription } from './subscriptions.js';
export { WebhooksModule } from './webhooks.module.js';
