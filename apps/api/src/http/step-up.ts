import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const STEP_UP = 'step-up';

/**
 * An act by which somebody could make a way in for themselves, or shut others out, at a screen that was left open: takes a session whose person
 * proved who they are within the last minutes (`SAJEON_STEP_UP_MINUTES`). A token is shown anew with each request and has nothing to add.
 */
export const StepUp = (): MethodDecorator => applyDecorators(SetMetadata(STEP_UP, true), ApiExtension('x-step-up', true));
